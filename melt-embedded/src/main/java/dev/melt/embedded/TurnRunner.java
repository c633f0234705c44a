package dev.melt.embedded;

import dev.melt.embedded.Request.Prompt;
import dev.melt.embedded.Request.Turn;
import dev.melt.embedded.TurnFigures.Stop;
import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.LlamaException;
import dev.melt.embedded.llama.StopFlag;
import dev.melt.embedded.llama.Vocabulary;
import java.nio.charset.StandardCharsets;

/** Runs one turn: puts the prompt, evaluates it, and generates token by token, each stamped with the device's clock. */
final class TurnRunner {
    private static final int FOR_PROMPT = 0;
    private static final int FOR_DEPTH = 1;
    private static final int REHEARSALS = 1000;

    private final LlamaContext context;
    private final Vocabulary vocabulary;
    private final DeviceClock clock;
    private final StopFlag stop;
    private final RandomTokens random;
    private final TurnFigures figures;

    TurnRunner(LlamaContext context, DeviceClock clock, StopFlag stop, RandomTokens random, TurnFigures figures) {
        this.context = context;
        this.vocabulary = context.model().vocabulary();
        this.clock = clock;
        this.stop = stop;
        this.random = random;
        this.figures = figures;
    }

    /** Has the code around each token compiled: interpreted it costs ten times as much, on the first tokens only. */
    void rehearse() {
        for (int i = 0; i < REHEARSALS; i++) {
            context.rehearse();
            figures.clear();
            if (!vocabulary.endsGeneration(0) && figures.hasRoom()) {
                figures.token(clock.nanos(), clock.nanos(), 0);
            }
        }
        figures.clear();
    }

    /** Puts and evaluates the tokens that a turn starts behind; untimed. */
    void fillTo(Turn turn) {
        int from = context.position();
        requireRoom(turn.number(), turn.depth());
        random.put(turn.depth(), turn.number(), FOR_DEPTH);
        context.evaluate(from, context.position());
    }

    /**
     * Runs a turn behind what the context holds.
     *
     * @param evaluated how many tokens of the context are in the KV cache; a last one may still be due
     * @param text the prompt as it goes into the context, ignored for random tokens
     */
    TurnFigures run(Turn turn, int evaluated, String text) {
        figures.clear();
        figures.cachedTokens = evaluated;
        figures.fromText = turn.prompt() instanceof Prompt.Text;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (turn.prompt() instanceof Prompt.RandomTokens tokens) {
            requireRoom(turn.number(), tokens.count());
            random.put(tokens.count(), turn.number(), FOR_PROMPT);
        }
        context.beginTurn();
        figures.startNanos = clock.nanos();
        if (figures.fromText && !context.put(utf8)) {
            throw tooLong(turn.number(), "more tokens than fit");
        }
        figures.tokenizedNanos = figures.fromText ? clock.nanos() : figures.startNanos;
        figures.promptTokens = context.position() - evaluated;
        if (figures.promptTokens == 0) {
            throw new WorkerException(ErrorKind.BAD_OPTION, "turn " + turn.number() + ": the prompt has no token");
        }
        context.evaluate(evaluated, context.position());
        figures.prefilledNanos = clock.nanos();
        try {
            generate(turn.generate());
        } catch (LlamaException e) {
            if (e.reason() != LlamaException.Reason.INTERRUPTED) {
                throw e;
            }
            figures.stop = Stop.INTERRUPTED;
        }
        return figures;
    }

    /** The logits of the last evaluated token are there when this begins. Nothing in it allocates. */
    private void generate(int most) {
        long logits = figures.prefilledNanos;
        while (figures.generated() < most) {
            int id = context.sample();
            figures.token(logits, clock.nanos(), id);
            if (stop.raised()) {
                figures.stop = Stop.INTERRUPTED;
                return;
            }
            if (vocabulary.endsGeneration(id)) {
                figures.stop = Stop.END_OF_GENERATION;
                return;
            }
            if (figures.generated() == most) {
                return;
            }
            if (context.position() == context.capacity()) {
                figures.stop = Stop.CONTEXT_FULL;
                return;
            }
            context.put(id);
            context.evaluate(context.position() - 1, context.position());
            logits = clock.nanos();
        }
    }

    private void requireRoom(int turn, int tokens) {
        if (tokens > context.capacity() - context.position()) {
            throw tooLong(turn, tokens + " tokens");
        }
    }

    private WorkerException tooLong(int turn, String found) {
        return new WorkerException(
                ErrorKind.PROMPT_TOO_LONG,
                "turn " + turn + ": room for " + (context.capacity() - context.position()) + " tokens of "
                        + context.capacity() + " in the context, found " + found);
    }
}
