package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One RAPL counter: a package, a part of one, or the whole platform.
 *
 * @param id the folder, {@code intel-rapl:0} or {@code intel-rapl:0:1}
 * @param name as the kernel says it: {@code package-0}, {@code core}, {@code dram}, {@code psys}, ...
 * @param rangeMicrojoules where the counter begins at 0 again
 * @param readings in the order of the text
 */
public record RaplDomain(
        String id, Optional<String> name, OptionalLong rangeMicrojoules, List<CounterReading> readings) {
    private static final double MICRO = 1e6;

    public RaplDomain {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(rangeMicrojoules, "rangeMicrojoules");
        readings = List.copyOf(readings);
    }

    /**
     * The counter at one time.
     *
     * @param t in seconds
     */
    public record CounterReading(OptionalDouble t, long microjoules) {
        public CounterReading {
            requireNonNull(t, "t");
        }

        public double joules() {
            return microjoules / MICRO;
        }
    }

    /** What channels call it where nothing else is called so. */
    public String site() {
        return name.orElse(id);
    }

    /** Whether it is read from the processor itself and no second way to a counter that is there already. */
    boolean isFirstHand() {
        return id.startsWith("intel-rapl:");
    }

    /** The number of the package, or of the platform, that it belongs to. */
    String number() {
        return id.split(":", -1)[1];
    }

    /** How often it fell: it began at 0 again. */
    public long wraps() {
        long wraps = 0;
        for (int i = 1; i < readings.size(); i++) {
            wraps += fell(i) ? 1 : 0;
        }
        return wraps;
    }

    private boolean fell(int reading) {
        return readings.get(reading).microjoules() < readings.get(reading - 1).microjoules();
    }

    /** In J from the first reading to the last; empty with one reading, and where it fell and its range is not known. */
    public OptionalDouble joules() {
        if (readings.size() < 2 || (wraps() > 0 && rangeMicrojoules.isEmpty())) {
            return OptionalDouble.empty();
        }
        long difference = readings.get(readings.size() - 1).microjoules()
                - readings.get(0).microjoules();
        return OptionalDouble.of((difference + wraps() * rangeMicrojoules.orElse(0)) / MICRO);
    }
}
