package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Energy events of {@code perf stat}. {@code cores} and {@code gpu} are inside {@code pkg}, {@code ram} is beside it,
 * {@code psys} is the platform.
 *
 * @param energies in the order of the text
 * @param unavailable what perf said, by event, of those that it could not count
 * @param seconds {@code elapsed}, {@code user}, {@code sys}
 */
public record PerfEnergy(
        List<EventEnergy> energies, Map<String, String> unavailable, Map<String, Double> seconds, long skipped)
        implements TelemetryRecord {
    private static final Pattern SECONDS =
            Pattern.compile("\\s*(\\d[\\d.,]*)\\s+(?:\\+-\\s*[\\d.,]+\\s+)?seconds (time elapsed|user|sys)(?:\\s.*)?");
    private static final Pattern OTHER = Pattern.compile(
            "\\s*(?:#(?:\\s.*)?|(?:\\d|<not |[SDCN]\\d|CPU\\d).*[A-Za-z].*|\\(.*\\)|Performance counter stats for .*)");

    public PerfEnergy {
        energies = List.copyOf(energies);
        unavailable = Collections.unmodifiableMap(new TreeMap<>(unavailable));
        seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
    }

    /**
     * What was counted at one site, from the start or, with {@code -I}, since the line before.
     *
     * @param t seconds since the start
     */
    public record EventEnergy(String site, double joules, OptionalDouble t) {}

    /**
     * Reads what {@code perf stat -e power/energy-pkg/} prints, in columns, in cells ({@code -x}), by socket or at intervals, in
     * any language.
     *
     * @throws UnknownOutputException for anything else, such as what perf says where there is no such event
     */
    public static PerfEnergy read(SourceText text) throws UnknownOutputException {
        List<EventEnergy> energies = new ArrayList<>();
        Map<String, String> unavailable = new TreeMap<>();
        Map<String, Double> seconds = new TreeMap<>();
        long skipped = 0;
        for (String line : text.lines()) {
            boolean taken = PerfLine.of(line)
                    .map(event -> take(event, energies, unavailable))
                    .orElseGet(() -> isOther(line.strip(), seconds));
            skipped += taken ? 0 : 1;
        }
        if (energies.isEmpty() && unavailable.isEmpty()) {
            throw text.unlike("'JOULES Joules power/energy-pkg/' of perf stat");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return new PerfEnergy(energies, unavailable, seconds, skipped);
    }

    private static boolean take(PerfLine line, List<EventEnergy> energies, Map<String, String> unavailable) {
        if (line.isUnavailable()) {
            unavailable.putIfAbsent(line.site(), line.figure().replaceAll("[<>]", ""));
        }
        line.joules().ifPresent(joules -> energies.add(new EventEnergy(line.site(), joules, line.t())));
        return line.isUnavailable() || line.joules().isPresent();
    }

    private static boolean isOther(String line, Map<String, Double> seconds) {
        Matcher time = SECONDS.matcher(line);
        if (!time.matches()) {
            return line.isBlank()
                    || (!line.contains("energy-") && OTHER.matcher(line).matches());
        }
        OptionalDouble value = LocaleNumber.of(time.group(1));
        value.ifPresent(s -> seconds.putIfAbsent(time.group(2).replace("time ", ""), s));
        return value.isPresent();
    }

    /** How long it counted, in s. */
    public Optional<Double> elapsed() {
        return Optional.ofNullable(seconds.get("elapsed")).filter(s -> s > 0);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        for (EventEnergy energy : energies) {
            out.sample("energy/" + energy.site(), Unit.JOULE, energy.joules(), energy.t());
            if (energy.t().isEmpty()) {
                elapsed().ifPresent(s -> out.sample("power_avg/" + energy.site(), Unit.WATT, energy.joules() / s));
            }
        }
        seconds.forEach((what, s) -> out.sample("duration/" + what, Unit.SECOND, s));
        unavailable.forEach((site, said) ->
                out.row("unavailable", new FactRow().with("site", site).with("reason", said)));
        out.skipped(skipped);
    }
}
