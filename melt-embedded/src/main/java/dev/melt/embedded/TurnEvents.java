package dev.melt.embedded;

import dev.melt.embedded.Request.Conversation;
import dev.melt.embedded.Request.Turn;
import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.Operator;
import dev.melt.embedded.llama.OperatorTrace;
import dev.melt.embedded.llama.PerfData;
import java.util.List;
import java.util.Optional;

/** Writes the lines of a turn when it is over, and flushes them. */
final class TurnEvents {
    private static final int OPERATOR_BYTES = 1 << 18;

    private final EventLines lines;
    private final Optional<OperatorTrace> trace;

    TurnEvents(EventLines lines, Optional<OperatorTrace> trace) {
        this.lines = lines;
        this.trace = trace;
    }

    void depth(Turn turn, long startNanos, long endNanos) {
        lines.line("depth")
                .number("turn", turn.number())
                .number("start", startNanos)
                .number("end", endNanos)
                .number("tokens", turn.depth())
                .end();
    }

    /** A turn that was interrupted gets no {@code turn_end}: it is not finished. */
    void turn(Conversation conversation, Turn turn, TurnFigures figures, LlamaContext context, String template) {
        int number = turn.number();
        EventLines.Line line = lines.line("turn")
                .number("turn", number)
                .number("conversation", conversation.id())
                .number("start", figures.startNanos)
                .number("depth", turn.depth());
        if (conversation.chat()) {
            line.text("template", template);
        }
        line.end();
        if (figures.fromText) {
            lines.line("tokenize")
                    .number("turn", number)
                    .number("start", figures.startNanos)
                    .number("end", figures.tokenizedNanos)
                    .number("tokens", figures.promptTokens)
                    .end();
        }
        lines.line("prefill")
                .number("turn", number)
                .number("start", figures.tokenizedNanos)
                .number("end", figures.prefilledNanos)
                .number("tokens", figures.promptTokens)
                .number("cached", figures.cachedTokens)
                .end();
        tokens(number, figures);
        trace.ifPresent(operators -> operators(number, operators.take(), figures.prefilledNanos));
        if (figures.stop != TurnFigures.Stop.INTERRUPTED) {
            end(number, figures, context);
        }
        lines.flush();
    }

    private void tokens(int turn, TurnFigures figures) {
        for (int i = 0; i < figures.generated(); i++) {
            lines.line("token")
                    .number("turn", turn)
                    .number("i", i)
                    .number("end", figures.endNanos(i))
                    .number("id", figures.id(i))
                    .number("logits", figures.logitsNanos(i))
                    .end();
        }
    }

    private void operators(int turn, List<Operator> operators, long prefilledNanos) {
        for (Operator operator : operators) {
            lines.line("op")
                    .number("turn", turn)
                    .text("phase", operator.endNanos() <= prefilledNanos ? "prefill" : "decode")
                    .number("graph", operator.graph())
                    .text("op", operator.op())
                    .text("name", operator.name())
                    .text("type", operator.type())
                    .text("shape", operator.shape())
                    .number("start", operator.startNanos())
                    .number("end", operator.endNanos())
                    .end();
            lines.flushFrom(OPERATOR_BYTES);
        }
    }

    private void end(int turn, TurnFigures figures, LlamaContext context) {
        PerfData perf = context.perf();
        boolean prompted = perf.promptEvalMs > 0;
        boolean decoded = perf.evalMs > 0;
        lines.line("perf")
                .number("turn", turn)
                .number("p_eval_ms", perf.promptEvalMs)
                .number("n_p_eval", prompted ? perf.promptEvals : 0)
                .number("eval_ms", perf.evalMs)
                .number("n_eval", decoded ? perf.evals : 0)
                .number("load_ms", perf.loadMs)
                .end();
        lines.line("turn_end")
                .number("turn", turn)
                .number("end", figures.lastNanos())
                .number("generated", figures.generated())
                .text("stop", figures.stop.label())
                .text("text", context.model().vocabulary().text(figures.answer()))
                .end();
    }
}
