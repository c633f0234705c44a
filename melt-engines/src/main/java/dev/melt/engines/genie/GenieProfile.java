package dev.melt.engines.genie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.event.UnknownOutputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The profile that genie-t2t-run writes: a list of what each API call took, each value with its own unit. Immutable.
 *
 * @param loadSeconds making the dialog: loading and initialising the compiled graphs
 */
record GenieProfile(OptionalDouble loadSeconds, List<GenieQuery> queries) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Double> SECONDS = Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "ns", 1e-9);

    GenieProfile {
        queries = List.copyOf(queries);
    }

    /** Whether a text may be one. */
    static boolean looksLike(String text) {
        return text.stripLeading().startsWith("{") && text.contains("\"components\"");
    }

    static GenieProfile read(String text) throws UnknownOutputException {
        JsonNode root = parse(text);
        OptionalDouble load = OptionalDouble.empty();
        List<GenieQuery> queries = new ArrayList<>();
        for (JsonNode component : root.path("components")) {
            for (JsonNode event : component.path("events")) {
                if (event.path("type").asText().endsWith("_create") && event.has("init-time")) {
                    load = Optional.of(seconds(event, "init-time"))
                            .filter(OptionalDouble::isPresent)
                            .orElse(load);
                } else if (event.path("type").asText().endsWith("_query")) {
                    queries.add(query(event));
                }
            }
        }
        if (queries.isEmpty()) {
            throw new UnknownOutputException("genie profile: an event GenieDialog_query expected, none found");
        }
        return new GenieProfile(load, queries);
    }

    private static JsonNode parse(String text) throws UnknownOutputException {
        try {
            JsonNode root = JSON.readTree(text);
            if (root == null || !root.path("components").isArray()) {
                throw new UnknownOutputException("genie profile: a list of components expected, none found");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new UnknownOutputException("genie profile: whole JSON expected, it breaks off or is damaged at line "
                    + (e.getLocation() == null ? "1" : e.getLocation().getLineNr()));
        }
    }

    private static GenieQuery query(JsonNode event) throws UnknownOutputException {
        return new GenieQuery(
                OptionalInt.of(count(event, "num-prompt-tokens")),
                positive(event, "prompt-processing-rate"),
                seconds(event, "time-to-first-token"),
                count(event, "num-generated-tokens"),
                seconds(event, "token-generation-time"),
                positive(event, "token-generation-rate"));
    }

    private static int count(JsonNode event, String key) throws UnknownOutputException {
        JsonNode value = event.path(key).path("value");
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() != Math.rint(value.doubleValue())) {
            throw new UnknownOutputException("genie profile: a count " + key + " expected, "
                    + (value.isMissingNode() ? "none" : "'" + value.asText() + "'") + " found");
        }
        return value.intValue();
    }

    private static OptionalDouble positive(JsonNode event, String key) {
        double value = event.path(key).path("value").asDouble(0);
        return Double.isFinite(value) && value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** A time in the unit that it says itself; a time without a unit could be anything. */
    private static OptionalDouble seconds(JsonNode event, String key) throws UnknownOutputException {
        OptionalDouble value = positive(event, key);
        if (value.isEmpty()) {
            return value;
        }
        String unit = event.path(key).path("unit").asText("");
        Double factor = SECONDS.get(unit);
        if (factor == null) {
            throw new UnknownOutputException(
                    "genie profile: " + key + " in ns, us, ms or s expected, unit '" + unit + "' found");
        }
        return OptionalDouble.of(value.getAsDouble() * factor);
    }
}
