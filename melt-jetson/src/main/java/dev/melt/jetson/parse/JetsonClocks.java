package dev.melt.jetson.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code jetson_clocks --show} prints.
 *
 * @param domains what has a clock, in the order of the text; processors that are off too
 * @param words {@code soc}, {@code machine}, {@code online_cpus}, {@code power_mode}, {@code fan}, ...
 */
public record JetsonClocks(List<ClockDomain> domains, Map<String, String> words, long skipped)
        implements TelemetryRecord {
    private static final Pattern SOC = Pattern.compile("SOC family:\\s*+(\\S+)\\s++Machine:\\s*+(.*)");
    private static final Pattern FAN = Pattern.compile("(?i:fan)[\\s:].*");
    private static final Pattern FAN_PWM = Pattern.compile(".*?(?i:pwm\\d*+)\\s*+=\\s*+(\\d{1,5})\\b.*");
    private static final Pattern FAN_SPEED = Pattern.compile(".*?(?i:speed)\\s*+=\\s*+(\\d{1,6})\\b.*");
    private static final Map<String, Pattern> WORDS = Map.of(
            "online_cpus", Pattern.compile("Online CPUs:\\s*+(\\S+)"),
            "cluster_switching", Pattern.compile("CPU Cluster Switching:\\s*+(\\S.*)"),
            "active_gpu_tpcs", Pattern.compile("Active GPU TPCs:\\s*+(\\d{1,4})"),
            "power_mode", Pattern.compile("NV Power Mode:\\s*+(\\S.*)"));

    public JetsonClocks {
        domains = List.copyOf(domains);
        words = Collections.unmodifiableMap(new TreeMap<>(words));
    }

    /**
     * Reads the output, of any kind of board.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static JetsonClocks read(SourceText text) throws UnknownOutputException {
        List<ClockDomain> domains = new ArrayList<>();
        Map<String, String> words = new TreeMap<>();
        long skipped = 0;
        for (String line : text.lines()) {
            Optional<ClockDomain> domain = ClockDomain.of(line);
            domain.ifPresent(domains::add);
            boolean known = domain.isPresent() || line.isBlank() || word(line.strip(), words);
            skipped += known ? 0 : 1;
        }
        if (domains.stream().noneMatch(domain -> domain.isCpu() || domain.isGpu())) {
            throw text.unlike("'cpu0: Online=1 ... CurrentFreq=KHZ' of jetson_clocks --show");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return new JetsonClocks(domains, words, skipped);
    }

    private static boolean word(String line, Map<String, String> words) {
        Matcher soc = SOC.matcher(line);
        if (soc.matches()) {
            words.putIfAbsent("soc", soc.group(1));
            words.putIfAbsent("machine", soc.group(2));
            return true;
        }
        if (FAN.matcher(line).matches()) {
            words.putIfAbsent("fan", line);
            first(FAN_PWM, line).ifPresent(pwm -> words.putIfAbsent("fan_pwm", pwm));
            first(FAN_SPEED, line).ifPresent(speed -> words.putIfAbsent("fan_speed", speed));
            return true;
        }
        for (Map.Entry<String, Pattern> word : WORDS.entrySet()) {
            Optional<String> value = first(word.getValue(), line);
            if (value.isPresent()) {
                words.putIfAbsent(word.getKey(), value.get());
                return true;
            }
        }
        return false;
    }

    private static Optional<String> first(Pattern pattern, String line) {
        Matcher found = pattern.matcher(line);
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /**
     * Whether no clock can move: processors that are on and the GPU may run at one speed only, and the memory controller is
     * held. Empty where the text does not tell of both.
     */
    public Optional<Boolean> locked() {
        List<ClockDomain> cpus = domains.stream()
                .filter(domain -> domain.isCpu() && domain.isOnline())
                .toList();
        List<ClockDomain> gpus = domains.stream().filter(ClockDomain::isGpu).toList();
        if (cpus.isEmpty() || gpus.isEmpty()) {
            return Optional.empty();
        }
        boolean held = domains.stream().allMatch(domain -> domain.override().orElse(1) == 1);
        return Optional.of(held
                && cpus.stream().allMatch(ClockDomain::isLocked)
                && gpus.stream().allMatch(ClockDomain::isLocked));
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        words.forEach((key, word) -> {
            if (key.startsWith("fan_") || key.equals("active_gpu_tpcs")) {
                out.fact(key, Long.parseLong(word));
            } else {
                out.fact(key, word);
            }
        });
        domains.forEach(domain -> {
            domain.override().ifPresent(value -> out.fact(domain.site() + "_override", value));
            domain.writeTo(out);
        });
        locked().ifPresent(value -> out.fact("locked", value));
        out.skipped(skipped);
    }
}
