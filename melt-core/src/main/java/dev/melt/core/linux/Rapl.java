package dev.melt.core.linux;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Energy counters of a processor ({@code /sys/class/powercap/intel-rapl:*}, on AMD's processors too), read once or again and
 * again. {@code core} and {@code uncore} are inside their package, {@code dram} is beside it, {@code psys} is the platform.
 */
public record Rapl(List<RaplDomain> domains, long skipped) implements TelemetryRecord {
    private static final double MICRO = 1e6;

    public Rapl {
        domains = List.copyOf(domains);
    }

    /**
     * Reads the files {@code name}, {@code energy_uj} and {@code max_energy_range_uj} as {@code grep . PATHS} prints them.
     * Between two readings a line {@code t=SECONDS}, seconds since 1970, or {@code # 2 s later} may say when they were made.
     *
     * @throws UnknownOutputException for anything else, for one that breaks off, and where nobody may read the counters
     */
    public static Rapl read(SourceText text) throws UnknownOutputException {
        RaplLines lines = new RaplLines();
        KernelFile.inOneForm(text.lines()).forEach(lines::take);
        if (!lines.anyDomain()) {
            throw text.unlike("lines '/sys/class/powercap/intel-rapl:N/energy_uj:MICROJOULES'");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        if (!lines.any()) {
            throw text.unlike("energy_uj of a counter, which only root may read on most systems");
        }
        return lines.all();
    }

    /** Those that are no second way to a counter that is there already. */
    public List<RaplDomain> counters() {
        return domains.stream().filter(domain -> !isDuplicate(domain)).toList();
    }

    private boolean isDuplicate(RaplDomain domain) {
        return !domain.isFirstHand()
                && domains.stream()
                        .anyMatch(other -> other.isFirstHand() && other.site().equals(domain.site()));
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        Map<String, Long> times = counters().stream().collect(groupingBy(RaplDomain::site, counting()));
        for (RaplDomain domain : domains) {
            boolean repeats = times.getOrDefault(domain.site(), 1L) > 1;
            String site = repeats ? domain.site() + "-" + domain.number() : domain.site();
            if (isDuplicate(domain)) {
                out.row("duplicates", new FactRow().with("domain", domain.id()).with("site", site));
            } else {
                write(out, domain, site);
            }
        }
        out.skipped(skipped);
    }

    private static void write(TelemetryBuilder out, RaplDomain domain, String site) {
        domain.readings().forEach(reading -> out.sample("energy/" + site, Unit.JOULE, reading.joules(), reading.t()));
        OptionalDouble range = domain.rangeMicrojoules().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(domain.rangeMicrojoules().getAsLong() / MICRO);
        out.row(
                "counters",
                new FactRow()
                        .with("site", site)
                        .with("domain", domain.id())
                        .with("range_J", range)
                        .with("readings", domain.readings().size())
                        .with("wraps", domain.wraps())
                        .with("difference_J", domain.joules()));
    }
}
