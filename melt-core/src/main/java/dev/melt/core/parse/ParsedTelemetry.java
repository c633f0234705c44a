package dev.melt.core.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a telemetry source said.
 *
 * @param facts what holds for the whole file, by key
 * @param samples readings in SI units, in the order of the file
 */
public record ParsedTelemetry(String kind, SortedMap<String, Fact> facts, List<Reading> samples, long skipped)
        implements Parsed {
    public ParsedTelemetry {
        requireNonNull(kind, "kind");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        samples = List.copyOf(samples);
    }

    /**
     * One reading.
     *
     * @param channel {@code quantity/site}
     * @param t seconds on the file's own clock; empty where it gives no time
     */
    public record Reading(String channel, Unit unit, double value, OptionalDouble t) {
        public Reading {
            requireNonNull(channel, "channel");
            requireNonNull(unit, "unit");
            requireNonNull(t, "t");
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(channel + ": value must be finite, was " + value);
            }
        }
    }
}
