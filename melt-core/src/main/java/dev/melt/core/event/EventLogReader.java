package dev.melt.core.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads the agent protocol's event lines (docs/reference/agent-protocol.md). They may stand among other lines, and behind the
 * tags that a logger puts in front of them. A line that is damaged, as the last one of a process that was killed may be, is left
 * out and counted; a log that no known engine wrote is refused.
 */
public final class EventLogReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 1 << 22;

    /** In bytes; some 1,400,000 tokens. What is larger does not fit into this program's memory. */
    private static final long LARGEST = 128L << 20;

    private final EventLogBuilder log = new EventLogBuilder();

    /** Of operators: the same few words again and again. */
    private final Map<String, String> words = new HashMap<>();

    private EventLogReader() {}

    /**
     * Reads a file.
     *
     * @throws UnknownOutputException when it holds no line of the protocol, or more than any trial should say
     */
    public static EventLog read(Path file) throws UnknownOutputException, IOException {
        if (Files.size(file) > LARGEST) {
            throw new UnknownOutputException(file.getFileName() + ": event lines of at most " + (LARGEST >> 20)
                    + " MiB expected, " + Files.size(file) + " bytes found; ask for less in one trial");
        }
        EventLogReader reader = new EventLogReader();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.line(line);
            }
        }
        if (reader.log.isEmpty()) {
            throw new UnknownOutputException(file.getFileName()
                    + ": event lines of the agent protocol expected, none found in " + Files.size(file) + " bytes");
        }
        return reader.log.build();
    }

    private void line(String line) {
        if (line.isBlank()) {
            return;
        }
        if (line.length() > LONGEST_LINE) {
            log.damaged();
            return;
        }
        try {
            JsonNode node = JSON.readTree(line.substring(Math.max(0, line.indexOf('{'))));
            if (node == null || !node.isObject() || !accept(node)) {
                log.damaged();
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            log.damaged();
        }
    }

    private boolean accept(JsonNode node) {
        switch (node.path("e").asText()) {
            case "engine" -> engine(node);
            case "model" -> facts("model.", node);
            case "memory" -> facts("memory.", node);
            case "load" -> load(node);
            case "graph_prepare" -> log.add(new Event.GraphPrepare(at(node, "start"), at(node, "end")));
            case "turn" ->
                log.turnStarted(
                        count(node, "turn"),
                        node.path("conversation").asInt(0),
                        at(node, "start"),
                        node.path("depth").asInt(0));
            case "tokenize" ->
                log.add(new Event.Tokenize(
                        count(node, "turn"), at(node, "start"), at(node, "end"), count(node, "tokens")));
            case "prefill" ->
                log.add(new Event.Prefill(
                        count(node, "turn"),
                        at(node, "start"),
                        at(node, "end"),
                        count(node, "tokens"),
                        node.path("cached").asInt(0)));
            case "decode" ->
                log.add(new Event.Decode(
                        count(node, "turn"), at(node, "start"), at(node, "end"), count(node, "steps")));
            case "token" ->
                log.add(new Event.Token(
                        count(node, "turn"),
                        count(node, "i"),
                        at(node, "end"),
                        node.hasNonNull("id") ? OptionalInt.of(count(node, "id")) : OptionalInt.empty(),
                        node.hasNonNull("logits") ? OptionalLong.of(at(node, "logits")) : OptionalLong.empty()));
            case "turn_end" -> turnEnd(node);
            case "op" -> log.add(op(node));
            case "perf" -> log.add(perf(node));
            case "score" -> log.add(score(node));
            case "error" ->
                log.add(new EngineError(
                        text(node, "kind"), text(node, "message"), part(node, "turn"), part(node, "score")));
            case "end" -> log.ended(node.path("ok").asBoolean(false));
            case "depth", "context", "note" -> log.seen();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static OptionalInt part(JsonNode node, String key) {
        return node.hasNonNull(key) ? OptionalInt.of(count(node, key)) : OptionalInt.empty();
    }

    private void engine(JsonNode node) {
        facts("engine.", node);
        Iterator<Map.Entry<String, JsonNode>> effective =
                node.path("effective").properties().iterator();
        effective.forEachRemaining(e -> log.effective(e.getKey(), e.getValue().asText()));
    }

    private void load(JsonNode node) {
        log.add(new Event.Load(at(node, "start"), at(node, "end"), cache(node)));
        if (node.hasNonNull("context_start")) {
            log.add(new Event.ContextCreated(at(node, "context_start"), at(node, "context_end")));
        }
        if (node.hasNonNull("warmup_end")) {
            log.add(new Event.WarmUp(at(node, "context_end"), at(node, "warmup_end")));
        }
    }

    private void facts(String prefix, JsonNode node) {
        node.properties().stream()
                .filter(e -> e.getValue().isValueNode() && !e.getKey().equals("e"))
                .forEach(e -> log.fact(prefix + e.getKey(), e.getValue().asText()));
    }

    private void turnEnd(JsonNode node) {
        int turn = count(node, "turn");
        log.turnEnded(turn, at(node, "end"), count(node, "generated"));
        if (node.path("text").isTextual()) {
            log.answer(turn, node.path("text").asText());
        }
    }

    private Event.Op op(JsonNode node) {
        return new Event.Op(
                count(node, "turn"),
                Phase.valueOf(text(node, "phase").toUpperCase(Locale.ROOT)),
                count(node, "graph"),
                once(text(node, "op")),
                once(text(node, "name")),
                once(node.path("type").asText("")),
                once(node.path("shape").asText("")),
                at(node, "start"),
                at(node, "end"));
    }

    private String once(String word) {
        String known = words.putIfAbsent(word, word);
        return known == null ? word : known;
    }

    private static EnginePerf perf(JsonNode node) {
        return new EnginePerf(
                count(node, "turn"),
                number(node, "p_eval_ms") / 1e3,
                count(node, "n_p_eval"),
                number(node, "eval_ms") / 1e3,
                count(node, "n_eval"));
    }

    private static Score score(JsonNode node) {
        return new Score(
                count(node, "id"),
                count(node, "context_tokens"),
                count(node, "continuation_tokens"),
                number(node, "logprob"),
                node.path("greedy").asBoolean(),
                node.path("truncated").asBoolean(),
                node.hasNonNull("logprob_squares")
                        ? OptionalDouble.of(number(node, "logprob_squares"))
                        : OptionalDouble.empty(),
                node.hasNonNull("divergence") ? Optional.of(divergence(node)) : Optional.empty());
    }

    private static Score.Divergence divergence(JsonNode node) {
        return new Score.Divergence(
                number(node, "divergence"), number(node, "divergence_squares"), count(node, "same_top"));
    }

    private static PageCache cache(JsonNode node) {
        return switch (node.path("cache").asText()) {
            case "cold" -> PageCache.COLD;
            case "warm" -> PageCache.WARM;
            default -> PageCache.UNKNOWN;
        };
    }

    private static long at(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(key + " must be a time in nanoseconds");
        }
        return value.longValue();
    }

    private static int count(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException(key + " must be a whole number from 0");
        }
        return value.intValue();
    }

    private static double number(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException(key + " must be a finite number");
        }
        return value.doubleValue();
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException(key + " must be text");
        }
        return value.textValue();
    }
}
