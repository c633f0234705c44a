package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.melt.engines.http.StampedLine;
import dev.melt.engines.http.StreamedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A streamed answer of {@code /completion}, put together. Half a character is held back by the server: the tokens of a whole
 * one then arrive together, and some of their ids are not told.
 *
 * @param tokens in their order, each with the moment of its arrival
 * @param text of all
 * @param last the event that ends a good answer; a missing node when it did not come
 * @param lastNanos when it arrived
 */
record Completion(List<Token> tokens, String text, JsonNode last, long lastNanos) {
    /**
     * A token.
     *
     * @param arrivedNanos {@code System.nanoTime()} when it had arrived
     * @param serverNanos since the first token, by the server's clock; empty where it does not say
     */
    record Token(long arrivedNanos, OptionalLong serverNanos, OptionalInt id) {}

    private static final double NANOS_PER_MILLI = 1e6;

    static Completion of(StreamedAnswer answer) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (StampedLine line : answer.data()) {
            JsonNode event = LlamaServer.json(line.data());
            text.append(event.path("content").asText(""));
            addTokens(tokens, event, line.hostNanos());
            if (event.path("stop").asBoolean(false)) {
                return new Completion(tokens, text.toString(), event, line.hostNanos());
            }
        }
        return new Completion(tokens, text.toString(), MissingNode.getInstance(), answer.askedNanos());
    }

    private static void addTokens(List<Token> tokens, JsonNode event, long hostNanos) {
        int told = event.path("tokens").size();
        int count = event.path("tokens_predicted").asInt(tokens.size() + told);
        int fresh = count - tokens.size();
        JsonNode millis = event.path("timings").path("predicted_ms");
        OptionalLong server = millis.isNumber()
                ? OptionalLong.of(Math.round(millis.asDouble() * NANOS_PER_MILLI))
                : OptionalLong.empty();
        for (int i = 0; i < fresh; i++) {
            JsonNode id = event.path("tokens").path(told - fresh + i);
            tokens.add(new Token(
                    hostNanos, server, id.canConvertToInt() ? OptionalInt.of(id.asInt()) : OptionalInt.empty()));
        }
    }

    /** What went wrong, in the server's words; empty for a whole answer. */
    static Optional<String> complaint(StreamedAnswer answer) {
        for (StampedLine line : answer.lines()) {
            String json = line.text().substring(Math.max(0, line.text().indexOf('{')));
            JsonNode error = LlamaServer.json(json).path("error");
            if (!error.isMissingNode()) {
                return Optional.of(error.path("message").asText(error.toString()));
            }
        }
        if (!answer.succeeded()) {
            return Optional.of("the server answered with status " + answer.status());
        }
        JsonNode last = of(answer).last();
        if (last.isMissingNode()) {
            return Optional.of("the answer has no last event");
        }
        return last.path("truncated").asBoolean(false)
                ? Optional.of("prompt is too long: the server cut it off")
                : Optional.empty();
    }

    /** The ids of all tokens; empty when one is not known. */
    Optional<List<Integer>> ids() {
        return tokens.stream().allMatch(token -> token.id().isPresent())
                ? Optional.of(tokens.stream().map(t -> t.id().getAsInt()).toList())
                : Optional.empty();
    }

    JsonNode timings() {
        return last.path("timings");
    }

    int promptTokens() {
        return timings().path("prompt_n").asInt();
    }

    /** Prompt tokens that were in the cache; builds before 2026 do not say so themselves. */
    int cachedTokens() {
        return Math.max(0, last.path("tokens_evaluated").asInt() - promptTokens());
    }
}
