package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code jetson_clocks --show} about something that has a clock.
 *
 * @param name as printed: {@code cpu0}, {@code GPU}, {@code EMC}, {@code DLA0_CORE}, ...
 * @param values what stands behind each word, such as {@code MinFreq}
 */
public record ClockDomain(String name, Map<String, String> values) {
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z][\\w-]*+)(?:\\s*+:)?((?:\\s++\\w+=\\S*|\\s++IdleStates:)++)");
    private static final Pattern VALUE = Pattern.compile("(\\w+)=(\\S+)");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");
    private static final Pattern CPU = Pattern.compile("cpu\\d{1,4}");
    private static final String MIN = "MinFreq";
    private static final String MAX = "MaxFreq";
    private static final String NOW = "CurrentFreq";

    public ClockDomain {
        requireNonNull(name, "name");
        values = Collections.unmodifiableMap(new HashMap<>(values));
    }

    /** Empty for a line that is about something else or is damaged. */
    static Optional<ClockDomain> of(String line) {
        Matcher domain = LINE.matcher(line.strip());
        if (!domain.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        Matcher value = VALUE.matcher(domain.group(2));
        while (value.find()) {
            values.putIfAbsent(value.group(1), value.group(2));
        }
        boolean whole = values.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("Freq"))
                .allMatch(entry -> WHOLE.matcher(entry.getValue()).matches());
        boolean clock = values.containsKey(NOW) || values.containsKey(MAX);
        return whole && clock ? Optional.of(new ClockDomain(domain.group(1), values)) : Optional.empty();
    }

    public boolean isCpu() {
        return CPU.matcher(name).matches();
    }

    public boolean isGpu() {
        return name.toLowerCase(Locale.ROOT).startsWith("gpu");
    }

    /** What channels call it. */
    public String site() {
        return name.equals("GPU") || name.equals("EMC") ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** A processor that is off has figures all the same. */
    public boolean isOnline() {
        return !"0".equals(values.get("Online"));
    }

    /** Whether its clock can only be what it is. */
    public boolean isLocked() {
        return min().isPresent() && min().equals(max());
    }

    /** The lowest that it may run at, in Hz. */
    public OptionalDouble min() {
        return limit(MIN);
    }

    /** The highest that it may run at, in Hz. */
    public OptionalDouble max() {
        return limit(MAX);
    }

    /** What it runs at, in Hz. */
    public OptionalDouble now() {
        return hertz(NOW);
    }

    /** Of the memory controller: 1 while jetson_clocks holds it at its highest. */
    public OptionalLong override() {
        return whole("FreqOverride");
    }

    /** A limit of 0 is none. */
    private OptionalDouble limit(String key) {
        return hertz(key).orElse(0) > 0 ? hertz(key) : OptionalDouble.empty();
    }

    /** Processors are in kHz, all others in Hz. */
    private OptionalDouble hertz(String key) {
        OptionalLong number = whole(key);
        return number.isPresent()
                ? OptionalDouble.of(number.getAsLong() * (isCpu() ? 1e3 : 1))
                : OptionalDouble.empty();
    }

    private OptionalLong whole(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(word -> WHOLE.matcher(word).matches())
                .map(word -> OptionalLong.of(Long.parseLong(word)))
                .orElse(OptionalLong.empty());
    }

    void writeTo(TelemetryBuilder out) {
        if (isOnline()) {
            now().ifPresent(hertz -> out.sample("frequency/" + site(), Unit.HERTZ, hertz));
            max().ifPresent(hertz -> out.sample("frequency_cap/" + site(), Unit.HERTZ, hertz));
            min().ifPresent(hertz -> out.sample("frequency_min/" + site(), Unit.HERTZ, hertz));
        }
        if (isCpu()) {
            out.row(
                    "cpus",
                    new FactRow()
                            .with("name", name)
                            .with("online", isOnline() ? 1 : 0)
                            .with("governor", governor()));
        }
    }

    /** Old versions of jetson_clocks misspell it. */
    private Optional<String> governor() {
        return Optional.ofNullable(values.get("Governor")).or(() -> Optional.ofNullable(values.get("Gonvernor")));
    }
}
