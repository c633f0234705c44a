package dev.melt.embedded;

import dev.melt.embedded.Request.Conversation;
import dev.melt.embedded.Request.Question;
import dev.melt.embedded.Request.Repeat;
import dev.melt.embedded.Request.Turn;
import dev.melt.embedded.llama.LlamaException;
import dev.melt.embedded.llama.OperatorTrace;
import dev.melt.embedded.llama.Scorer;
import dev.melt.embedded.llama.StopFlag;
import java.util.Optional;

/** Everything a request asks of a loaded engine: its turns, again and again where it says so, then its questions. */
final class Trial {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Request request;
    private final Engine engine;
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
        this.engine = engine;
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

    /** Whether anything usable came out; turns and questions that did not fit have got their error lines. */
    boolean run() {
        turns();
        Scorer scorer = new Scorer(engine.context());
        for (Question question : request.score()) {
            requireGoOn();
            score(scorer, question);
        }
        return done > 0;
    }

    int errors() {
        return errors;
    }

    private void turns() {
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

    private void score(Scorer scorer, Question question) {
        long startNanos = clock.nanos();
        Optional<Scorer.Score> score = scorer.score(question.context(), question.continuation());
        long endNanos = clock.nanos();
        if (score.isEmpty()) {
            errors++;
            lines.line("error")
                    .text("kind", ErrorKind.PROMPT_TOO_LONG.label())
                    .number("score", question.id())
                    .text("message", "score " + question.id() + ": the continuation is empty or exceeds the context")
                    .end();
        } else {
            done++;
            Scorer.Score found = score.get();
            lines.line("score")
                    .number("id", question.id())
                    .number("context_tokens", found.contextTokens())
                    .number("continuation_tokens", found.logProbabilities().size())
                    .number("logprob", found.sum())
                    .flag("greedy", found.greedy())
                    .flag("truncated", found.truncated())
                    .numbers("token_logprobs", found.logProbabilities())
                    .number("start", startNanos)
                    .number("end", endNanos)
                    .end();
        }
        lines.flush();
    }

    private void requireGoOn() {
        if (stop.raised()) {
            throw new LlamaException(LlamaException.Reason.INTERRUPTED, "stopped by a signal");
        }
    }
}
