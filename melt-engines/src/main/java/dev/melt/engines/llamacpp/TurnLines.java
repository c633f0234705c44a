package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.ServerSession;
import dev.melt.core.event.EventLineWriter;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.http.StreamedAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes what the client saw of a turn. The prefill ends with the first token and takes as long as the server says, which no
 * client can see. When a token arrived stands beside when it was made.
 */
record TurnLines(EventLineWriter lines, ServerSession session) {
    private static final double NANOS_PER_MILLI = 1e6;

    void depth(int turn, long startNanos, long endNanos, int tokens) {
        lines.line("depth")
                .put("turn", turn)
                .put("start", session.deviceNanos(startNanos))
                .put("end", session.deviceNanos(endNanos))
                .put("tokens", tokens);
    }

    /** A turn that came to its end. */
    void turn(ScriptedTurn turn, StreamedAnswer answer, Completion completion) throws IOException {
        int number = turn.number();
        boolean answered = turn.request().generate() > 0;
        int depth = turn.request() instanceof Request.Tokens tokens ? tokens.depth() : 0;
        lines.line("turn")
                .put("turn", number)
                .put("start", session.deviceNanos(answer.askedNanos()))
                .put("conversation", turn.conversation().id())
                .put("depth", depth);
        List<Completion.Token> tokens = answered ? completion.tokens() : List.of();
        List<Long> made = new TokenTimes(completion.tokens()).nanos();
        long first = made.isEmpty() ? completion.lastNanos() : made.get(0);
        prefill(number, answer.askedNanos(), first, completion);
        boolean idsKnown = completion.ids().isPresent();
        for (int i = 0; i < tokens.size(); i++) {
            ObjectNode line = lines.line("token")
                    .put("turn", number)
                    .put("i", i)
                    .put("end", session.deviceNanos(made.get(i)))
                    .put("arrived", session.deviceNanos(tokens.get(i).arrivedNanos()));
            if (idsKnown) {
                line.put("id", tokens.get(i).id().orElseThrow());
            }
        }
        perf(number, answered, completion.timings());
        end(number, tokens.isEmpty() ? first : made.get(made.size() - 1), tokens.size(), completion);
        lines.flush();
    }

    private void prefill(int turn, long askedNanos, long end, Completion completion) {
        long took = Math.round(completion.timings().path("prompt_ms").asDouble() * NANOS_PER_MILLI);
        lines.line("prefill")
                .put("turn", turn)
                .put("start", session.deviceNanos(Math.max(askedNanos, end - took)))
                .put("end", session.deviceNanos(end))
                .put("tokens", completion.promptTokens())
                .put("cached", completion.cachedTokens());
    }

    /** The server's own times. That of n tokens covers the n - 1 passes which the protocol counts. */
    private void perf(int turn, boolean answered, JsonNode timings) {
        if (timings.path("prompt_ms").isNumber() && timings.path("predicted_ms").isNumber()) {
            lines.line("perf")
                    .put("turn", turn)
                    .put("p_eval_ms", timings.path("prompt_ms").asDouble())
                    .put("n_p_eval", timings.path("prompt_n").asInt())
                    .put("eval_ms", answered ? timings.path("predicted_ms").asDouble() : 0.0)
                    .put(
                            "n_eval",
                            answered ? Math.max(0, timings.path("predicted_n").asInt() - 1) : 0);
        }
    }

    private void end(int turn, long end, int generated, Completion completion) {
        String stop = completion.last().path("stop_type").asText("");
        lines.line("turn_end")
                .put("turn", turn)
                .put("end", session.deviceNanos(end))
                .put("generated", generated)
                .put("stop", stop.equals("eos") || stop.equals("word") ? "eos" : "length")
                .put("text", generated > 0 ? completion.text() : "");
    }

    /** A turn that the server refused; the next one is asked. */
    void refused(int turn, String complaint) throws IOException {
        lines.discard();
        Optional<String> kind = FailureNames.SHARED
                .in(List.of(complaint))
                .map(error -> error.kind().toLowerCase(Locale.ROOT));
        lines.line("error")
                .put("kind", kind.orElse("internal"))
                .put("message", complaint)
                .put("turn", turn);
        lines.flush();
    }
}
