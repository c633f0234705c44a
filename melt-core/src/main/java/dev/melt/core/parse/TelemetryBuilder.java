package dev.melt.core.parse;

import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects what a telemetry source said. Readings that the source gives and that nobody should believe are no samples:
 * they stand among the facts, in the list {@code left_out}, with the reason. Not thread-safe; one for each file.
 */
public final class TelemetryBuilder {
    private final SortedMap<String, Fact> facts = new TreeMap<>();
    private final SortedMap<String, List<SortedMap<String, Fact>>> lists = new TreeMap<>();
    private final List<Reading> samples = new ArrayList<>();
    private long skipped;

    public TelemetryBuilder fact(String key, String value) {
        facts.put(key, new Fact.Text(value));
        return this;
    }

    public TelemetryBuilder fact(String key, long value) {
        facts.put(key, new Fact.Whole(value));
        return this;
    }

    public TelemetryBuilder fact(String key, boolean value) {
        facts.put(key, new Fact.Flag(value));
        return this;
    }

    /** All of them. */
    public TelemetryBuilder facts(Map<String, String> words) {
        words.forEach(this::fact);
        return this;
    }

    /** Adds an entry to a list among the facts. */
    public TelemetryBuilder row(String list, FactRow row) {
        lists.computeIfAbsent(list, key -> new ArrayList<>()).add(row.facts());
        return this;
    }

    /** A reading in SI units of a source that gives no time. */
    public TelemetryBuilder sample(String channel, Unit unit, double value) {
        return sample(channel, unit, value, OptionalDouble.empty());
    }

    /**
     * A reading in SI units.
     *
     * @param t seconds on the file's own clock
     */
    public TelemetryBuilder sample(String channel, Unit unit, double value, OptionalDouble t) {
        samples.add(new Reading(channel, unit, value, t));
        return this;
    }

    /** A reading that the source gives and that is none. */
    public TelemetryBuilder leftOut(String channel, Unit unit, double value, String reason) {
        return row("left_out", row(channel, unit, value, OptionalDouble.empty()).with("reason", reason));
    }

    private static FactRow row(String channel, Unit unit, double value, OptionalDouble t) {
        return new FactRow()
                .with("channel", channel)
                .with("unit", unit.symbol())
                .with("value", OptionalDouble.of(value))
                .with("t", t);
    }

    /** Everything read so far is no measurement: the samples move to the list {@code left_out}. */
    public TelemetryBuilder rejectSamples(String reason) {
        samples.forEach(reading -> row(
                "left_out",
                row(reading.channel(), reading.unit(), reading.value(), reading.t())
                        .with("reason", reason)));
        samples.clear();
        return this;
    }

    /** Lines that could not be read. */
    public TelemetryBuilder skipped(long lines) {
        skipped += lines;
        return this;
    }

    public ParsedTelemetry build(String kind) {
        SortedMap<String, Fact> all = new TreeMap<>(facts);
        lists.forEach((key, rows) -> all.put(key, new Fact.Rows(rows)));
        return new ParsedTelemetry(kind, all, samples, skipped);
    }
}
