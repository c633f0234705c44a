package dev.melt.core.parse;

import dev.melt.core.event.EngineError;
import dev.melt.core.metric.MetricValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was parsed as maps and lists for JSON. The shape is a contract that people's scripts rest on: docs/reference/parse.md. */
public final class ParsedJson {
    private ParsedJson() {}

    /** The one object that {@code melt parse --json} writes. */
    public static Map<String, @Nullable Object> of(Parsed parsed) {
        if (parsed instanceof ParsedRun run) {
            return run(run);
        }
        return telemetry((ParsedTelemetry) parsed);
    }

    /** The object for output that is not known or is cut off. */
    public static Map<String, @Nullable Object> unknown(SavedFormat format, String message) {
        ParsedRun unknown = ParsedRun.unknown(format.kind(), message);
        if (format instanceof EngineFormat) {
            return run(unknown);
        }
        Map<String, @Nullable Object> json = telemetry(new TelemetryBuilder().build(format.kind()));
        json.put("outcome", unknown.outcome().name());
        unknown.failure().ifPresent(failure -> json.put("failure", failure(failure)));
        return json;
    }

    private static Map<String, @Nullable Object> run(ParsedRun run) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", run.kind());
        json.put("version", run.version().orElse(null));
        json.put("outcome", run.outcome().name());
        json.put("metrics", metrics(run.metrics(), OptionalInt.empty()));
        json.put("turns", turns(run.metrics()));
        json.put("events", run.events().stream().map(EventJson::of).toList());
        json.put("effective", new TreeMap<>(run.effective()));
        run.failure().ifPresent(failure -> json.put("failure", failure(failure)));
        json.put("skipped", run.skipped());
        return json;
    }

    private static Map<String, Object> failure(EngineError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", error.kind());
        json.put("message", error.message());
        error.turn().ifPresent(turn -> json.put("turn", turn));
        return json;
    }

    private static Map<String, Object> metrics(List<MetricValue> metrics, OptionalInt turn) {
        Map<String, Object> json = new LinkedHashMap<>();
        metrics.stream()
                .filter(value -> value.turn().equals(turn))
                .forEach(value -> json.put(value.metric(), value(value)));
        return json;
    }

    private static Map<String, Object> value(MetricValue value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value.value());
        json.put("unit", value.unit().symbol());
        json.put("source", value.source());
        value.uncertainty().ifPresent(u -> json.put("uncertainty", u));
        return json;
    }

    private static List<Map<String, Object>> turns(List<MetricValue> metrics) {
        List<Map<String, Object>> turns = new ArrayList<>();
        metrics.stream()
                .flatMapToInt(value -> value.turn().stream())
                .sorted()
                .distinct()
                .forEach(turn -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("turn", turn);
                    json.put("metrics", metrics(metrics, OptionalInt.of(turn)));
                    turns.add(json);
                });
        return turns;
    }

    private static Map<String, @Nullable Object> telemetry(ParsedTelemetry telemetry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", telemetry.kind());
        Map<String, Object> facts = new LinkedHashMap<>();
        telemetry.facts().forEach((key, fact) -> facts.put(key, fact.json()));
        json.put("facts", facts);
        json.put(
                "samples", telemetry.samples().stream().map(ParsedJson::reading).toList());
        json.put("skipped", telemetry.skipped());
        return json;
    }

    private static Map<String, @Nullable Object> reading(ParsedTelemetry.Reading reading) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("channel", reading.channel());
        json.put("unit", reading.unit().symbol());
        json.put("value", reading.value());
        json.put("t", reading.t().isPresent() ? reading.t().getAsDouble() : null);
        return json;
    }
}
