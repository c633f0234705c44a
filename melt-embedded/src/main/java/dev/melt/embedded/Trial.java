package dev.melt.embedded;

import dev.melt.embedded.Request.Conversation;
import dev.melt.embedded.Request.Repeat;
import dev.melt.embedded.Request.Turn;
import dev.melt.embedded.llama.LlamaException;
import dev.melt.embedded.llama.OperatorTrace;
import dev.melt.embedded.llama.StopFlag;
import java.util.Optional;

/** The turns that a request asks of a loaded engine, again and again where it says so. */
final class Trial {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Request request;
    private final EventLines lines;
    private final DeviceClock clock;
    private final StopFlag stop;
    private final ConversationRunner runner;
    private int done;
    private int errors;

    Trial(
            Request request,
            Engine engine,
            EventLines lines,
            DeviceClock clock,
            StopFlag stop,
            Optional<OperatorTrace> trace) {
        this.request = request;
        this.lines = lines;
        this.clock = clock;
        this.stop = stop;
        TurnRunner turns = new TurnRunner(
                engine.context(),
                clock,
                stop,
                new RandomTokens(engine.context(), request.settings().choice().seed()),
                new TurnFigures(request.longestAnswer()));
        this.runner = new ConversationRunner(engine.context(), turns, clock, new TurnEvents(lines, trace), trace);
        turns.rehearse(); // last: a class that is loaded later may undo what was compiled
    }

    int done() {
        return done;
    }

    /** Turns that did not fit and have got their error lines. */
    int errors() {
        return errors;
    }

    void run() {
        long startNanos = clock.nanos();
        cycle(true, 0, startNanos);
        int next = request.lastTurnNumber() + 1;
        while (request.repeat().isPresent() && done > 0 && next > 0 && !over(startNanos)) {
            next = cycle(false, next, startNanos);
        }
    }

    /** One pass over all turns; numbered on from {@code next} in every pass but the first. */
    private int cycle(boolean first, int next, long startNanos) {
        int number = next;
        for (Conversation conversation : request.conversations()) {
            boolean fits = restored(conversation, first);
            for (Turn turn : conversation.turns()) {
                requireGoOn();
                if (over(startNanos)) {
                    return number;
                }
                Turn numbered = first ? turn : turn.numbered(number++);
                fits = fits ? fits(conversation, numbered) : skip(numbered);
            }
        }
        return number;
    }

    private boolean over(long startNanos) {
        return request.repeat().map(repeat -> over(repeat, startNanos)).orElse(false);
    }

    private boolean over(Repeat repeat, long startNanos) {
        boolean late = repeat.seconds()
                .map(seconds -> clock.nanos() - startNanos >= seconds * NANOS_PER_SECOND)
                .orElse(false);
        return late
                || (repeat.turns().isPresent()
                        && done + errors >= repeat.turns().getAsInt());
    }

    private boolean restored(Conversation conversation, boolean first) {
        try {
            runner.begin(conversation, first);
            return true;
        } catch (WorkerException e) {
            error(e.kind(), e.problem());
            return false;
        }
    }

    private boolean fits(Conversation conversation, Turn turn) {
        try {
            runner.run(conversation, turn);
            done++;
            return true;
        } catch (WorkerException e) {
            errorOfTurn(turn, e.kind(), e.problem());
            return !conversation.chat();
        }
    }

    private boolean skip(Turn turn) {
        errorOfTurn(
                turn,
                ErrorKind.PROMPT_TOO_LONG,
                "turn " + turn.number() + ": not run, for its conversation does not fit the context any more");
        return false;
    }

    private void errorOfTurn(Turn turn, ErrorKind kind, String message) {
        errors++;
        lines.line("error")
                .text("kind", kind.label())
                .number("turn", turn.number())
                .text("message", message)
                .end();
        lines.flush();
    }

    private void error(ErrorKind kind, String message) {
        lines.line("error").text("kind", kind.label()).text("message", message).end();
    }

    private void requireGoOn() {
        if (stop.raised()) {
            throw new LlamaException(LlamaException.Reason.INTERRUPTED, "stopped by a signal");
        }
    }
}
