package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.engine.Setting;
import dev.melt.core.event.EnginePerf;
import dev.melt.engines.span.TurnSpans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One answer of llama-server, in one piece or in chunks. The server counts N tokens and times them from the first token on:
 * its time covers N - 1 steps, which its own rate does not heed.
 */
record ServerAnswer(List<JsonNode> chunks) {
    private static final double MILLIS = 1e3;
    private static final String RANDOM_SEED = "4294967295";

    ServerAnswer {
        chunks = List.copyOf(chunks);
    }

    /** Whether its last chunk came. */
    boolean finished() {
        return chunks.stream().anyMatch(ServerAnswer::isLast);
    }

    private static boolean isLast(JsonNode chunk) {
        return chunk.path("stop").asBoolean()
                || chunk.has("error")
                || chunk.path("choices").path(0).path("finish_reason").isTextual();
    }

    /** The turn; empty where the end or the timings did not come. */
    Optional<TurnFinding> turn() {
        Optional<TurnFinding> refusal = chunks.stream()
                .filter(chunk -> chunk.has("error"))
                .map(ServerAnswer::refused)
                .findFirst();
        if (refusal.isPresent() || !finished()) {
            return refusal;
        }
        if (chunks.stream().anyMatch(chunk -> chunk.path("truncated").asBoolean())) {
            return Optional.of(new TurnFinding.Failed(
                    "prompt_too_long", "\"truncated\":true, the server cut the prompt or the context to fit"));
        }
        List<JsonNode> timings = chunks.stream()
                .map(chunk -> chunk.path("timings"))
                .filter(JsonNode::isObject)
                .toList();
        return timings.isEmpty() ? Optional.empty() : timed(timings, timings.get(timings.size() - 1));
    }

    private static TurnFinding refused(JsonNode chunk) {
        JsonNode error = chunk.path("error");
        String message = error.path("message").asText(error.toString());
        boolean tooLong = error.path("type").asText().equals("exceed_context_size_error")
                || message.contains("exceeds the available context size");
        return new TurnFinding.Failed(
                tooLong ? "prompt_too_long" : "server_error",
                "HTTP " + error.path("code").asText("?") + ": " + message);
    }

    private Optional<TurnFinding> timed(List<JsonNode> timings, JsonNode last) {
        int prompt = last.path("prompt_n").asInt();
        int predicted = last.path("predicted_n").asInt();
        double prefill = last.path("prompt_ms").asDouble() / MILLIS;
        double decode = last.path("predicted_ms").asDouble() / MILLIS;
        boolean decoded = predicted > 1 && decode > 0 && Double.isFinite(decode);
        if (prompt < 1 || !(prefill > 0) || !Double.isFinite(prefill)) {
            return Optional.empty();
        }
        TurnSpans spans = new TurnSpans(
                OptionalInt.of(prompt),
                OptionalDouble.of(prefill),
                predicted > 0 ? OptionalDouble.of(prefill) : OptionalDouble.empty(),
                decoded ? OptionalInt.of(predicted - 1) : OptionalInt.empty(),
                decoded ? OptionalDouble.of(decode) : OptionalDouble.empty(),
                Math.max(0, predicted),
                0,
                Math.max(0, last.path("cache_n").asInt()));
        return Optional.of(new TurnFinding.Timed(
                spans,
                tokens(timings, prefill, predicted),
                phase(prefill, prompt, last.path("prompt_per_second")),
                decoded ? phase(decode, predicted, last.path("predicted_per_second")) : EnginePerf.Phase.NONE,
                Optional.of(text())));
    }

    private static EnginePerf.Phase phase(double seconds, int tokens, JsonNode rate) {
        return new EnginePerf.Phase(
                OptionalDouble.of(seconds),
                OptionalInt.of(tokens),
                rate.isNumber() ? OptionalDouble.of(rate.asDouble()) : OptionalDouble.empty());
    }

    /**
     * Ends of tokens by index, of a stream that times each; empty for any other. The last chunk repeats the last token with
     * what came after it, so the first word on a token counts.
     */
    private static SortedMap<Integer, Double> tokens(List<JsonNode> timings, double prefill, int predicted) {
        SortedMap<Integer, Double> ends = new TreeMap<>();
        for (JsonNode timing : timings) {
            int index = timing.path("predicted_n").asInt() - 1;
            double after = timing.path("predicted_ms").asDouble() / MILLIS;
            if (index >= 0 && after >= 0 && Double.isFinite(after)) {
                ends.putIfAbsent(index, prefill + after);
            }
        }
        return timings.size() > 1 && ends.size() > predicted / 2 && ends.containsKey(0) ? ends : new TreeMap<>();
    }

    private String text() {
        return chunks.stream()
                .map(chunk -> {
                    JsonNode choice = chunk.path("choices").path(0);
                    return chunk.path("content").asText("")
                            + choice.path("delta").path("content").asText("")
                            + choice.path("message").path("content").asText("")
                            + choice.path("text").asText("");
                })
                .collect(Collectors.joining());
    }

    /** The build, where the OpenAI-like path names it. */
    Map<String, String> facts() {
        return chunks.stream()
                .map(chunk -> chunk.path("system_fingerprint").asText(""))
                .filter(print -> print.matches("b[1-9][0-9]{0,8}-[0-9a-z]{1,40}"))
                .findFirst()
                .map(print -> Map.of(
                        "engine.version", print.substring(0, print.indexOf('-')),
                        "engine.commit", print.substring(print.indexOf('-') + 1)))
                .orElse(Map.of());
    }

    /** Sampling as the server did it. */
    Map<String, String> effective() {
        Map<String, String> effective = new HashMap<>();
        for (JsonNode chunk : chunks) {
            JsonNode settings = chunk.path("generation_settings");
            for (Setting setting : List.of(
                    Setting.SEED,
                    Setting.TEMPERATURE,
                    Setting.TOP_K,
                    Setting.TOP_P,
                    Setting.MIN_P,
                    Setting.REPEAT_PENALTY,
                    Setting.IGNORE_EOS)) {
                String value = settings.path(setting.key()).asText("");
                if (!value.isEmpty() && !value.equals(RANDOM_SEED)) {
                    effective.put(setting.key(), value);
                }
            }
        }
        return effective;
    }
}
