package dev.melt.engines.opprofile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.melt.core.profile.DeviceTotal;
import dev.melt.core.profile.Graph;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.profile.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A report of TVM's profiler: calls, totals of devices, configuration. Keys are compared without blanks, for a logger that
 * cuts lines may take the blank at the cut; each value is wrapped in an object of one member that names its kind. The
 * percentages in it are not read: shares are made from times.
 */
final class ReportJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String DURATION = "Duration(us)";
    private static final int LONGEST_NUMBER = 40;
    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    private final ProfileSink sink;
    private final Map<String, Integer> counts = new HashMap<>();

    ReportJson(ProfileSink sink) {
        this.sink = sink;
    }

    /** A report's rows, each column under its key without blanks. */
    private record Content(
            List<Map<String, String>> calls,
            Map<String, Map<String, String>> devices,
            Map<String, String> configuration) {}

    /** Hands on all rows of a report; none, and a fault, when it cannot be read to its end. */
    boolean read(String function, String text) {
        int index = counts.getOrDefault(function, 0);
        Content content = new Content(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        try (JsonParser parser = JSON.createParser(text)) {
            content(parser, content);
        } catch (IOException e) {
            sink.fault(function + ", report " + index + ": a report in JSON expected, it cannot be read to its end");
            return false;
        }
        counts.put(function, index + 1);
        Graph graph = new Graph("", index, function, stage(function), OptionalInt.empty());
        content.calls().forEach(row -> call(graph, row));
        content.devices()
                .forEach((device, row) -> nanos(row.get(DURATION))
                        .ifPresent(nanos -> sink.device(new DeviceTotal(graph, device, nanos))));
        content.configuration().forEach((key, value) -> sink.fact(name(key), value));
        return true;
    }

    private static String name(String key) {
        return switch (key) {
            case "Numberofthreads" -> "threads";
            case "Executor" -> "executor";
            default -> key;
        };
    }

    private static Stage stage(String function) {
        if (function.contains("prefill")) {
            return Stage.PREFILL;
        }
        return function.contains("decode") ? Stage.DECODE : Stage.OTHER;
    }

    private void call(Graph graph, Map<String, String> row) {
        String op = row.getOrDefault("Name", "").replace(" ", "");
        OptionalLong nanos = nanos(row.get(DURATION));
        OptionalLong calls = count(row.getOrDefault("Count", "1"));
        if (op.isEmpty() || nanos.isEmpty() || calls.isEmpty()) {
            sink.fault(graph.function() + ", report " + graph.index()
                    + ": a call without name, count or duration left out");
            return;
        }
        sink.call(new OpCall(
                graph,
                Optional.empty(),
                op,
                Optional.ofNullable(row.get("Device")),
                row.getOrDefault("ArgumentShapes", ""),
                calls.getAsLong(),
                nanos.getAsLong(),
                OptionalLong.empty()));
    }

    private static OptionalLong count(String text) {
        return text.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Microseconds in decimals as nanoseconds, which is what TVM's timers count in. */
    private static OptionalLong nanos(@Nullable String micros) {
        if (micros == null
                || micros.length() > LONGEST_NUMBER
                || !micros.matches("[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")) {
            return OptionalLong.empty();
        }
        BigDecimal nanos = new BigDecimal(micros).movePointRight(3).setScale(0, RoundingMode.HALF_UP);
        return nanos.compareTo(BigDecimal.valueOf(LONGEST_NANOS)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(nanos.longValueExact());
    }

    private static void content(JsonParser parser, Content content) throws IOException {
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = squeezed(parser.currentName());
            JsonToken value = parser.nextToken();
            if (key.equals("calls")) {
                expect(parser, value, JsonToken.START_ARRAY);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    content.calls().add(row(parser));
                }
            } else if (key.equals("device_metrics") && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String device = parser.currentName();
                    parser.nextToken();
                    content.devices().put(device, row(parser));
                }
            } else if (key.equals("configuration") && value == JsonToken.START_OBJECT) {
                content.configuration().putAll(row(parser));
            } else {
                parser.skipChildren();
            }
        }
        expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
    }

    /** The members of the object at hand, each unwrapped. */
    private static Map<String, String> row(JsonParser parser) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
        Map<String, String> row = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = squeezed(parser.currentName());
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    if (parser.nextToken().isScalarValue()) {
                        row.put(key, parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
            } else if (parser.currentToken().isScalarValue()) {
                row.put(key, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return row;
    }

    private static String squeezed(String key) {
        return key.replace(" ", "");
    }

    private static void expect(JsonParser parser, @Nullable JsonToken found, JsonToken wanted) throws IOException {
        if (found != wanted) {
            throw new JsonParseException(parser, wanted + " expected, " + found + " found");
        }
    }
}
