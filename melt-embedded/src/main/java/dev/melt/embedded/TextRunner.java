package dev.melt.embedded;

import dev.melt.embedded.Request.TextScore;
import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.LlamaException;
import dev.melt.embedded.llama.LlamaLibrary;
import dev.melt.embedded.llama.LlamaModel;
import dev.melt.embedded.llama.StopFlag;
import dev.melt.embedded.llama.TextScorer;
import dev.melt.embedded.llama.TextScorer.WindowScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Scores the windows of a text, a line each, against another model where the request names one. */
final class TextRunner {
    private static final int LEAST_WINDOWS = 2;

    private final LlamaLibrary library;
    private final Settings settings;
    private final TextScore asked;
    private final Engine engine;
    private final EventLines lines;
    private final DeviceClock clock;
    private final StopFlag stop;

    TextRunner(
            LlamaLibrary library,
            Settings settings,
            TextScore asked,
            Engine engine,
            EventLines lines,
            DeviceClock clock,
            StopFlag stop) {
        this.library = library;
        this.settings = settings;
        this.asked = asked;
        this.engine = engine;
        this.lines = lines;
        this.clock = clock;
        this.stop = stop;
        if (asked.window() > engine.context().capacity()) {
            throw new WorkerException(
                    ErrorKind.BAD_OPTION,
                    "text.window: expected at most the context, "
                            + engine.context().capacity() + ", found " + asked.window());
        }
    }

    void run() {
        if (asked.base().isEmpty()) {
            windows(Optional.empty());
            return;
        }
        Path base = asked.base().get();
        ModelFile.checkedSize(base);
        try (LlamaModel model = LlamaModel.load(library, base, settings.mmap(), false, stop);
                LlamaContext other = LlamaContext.create(
                        library, model, settings.shape(), settings.choice(), stop, Optional.empty())) {
            int size = engine.model().vocabulary().size();
            if (model.vocabulary().size() != size) {
                throw new WorkerException(
                        ErrorKind.BAD_OPTION,
                        "text.base: expected a model of the same vocabulary, " + size + " tokens, found "
                                + model.vocabulary().size());
            }
            windows(Optional.of(other));
        }
    }

    private void windows(Optional<LlamaContext> other) {
        TextScorer scorer = new TextScorer(engine.context(), other, text(), asked.window());
        if (scorer.windows() < LEAST_WINDOWS) {
            throw new WorkerException(
                    ErrorKind.BAD_OPTION,
                    "text: expected at least " + LEAST_WINDOWS + " windows of " + asked.window() + " tokens, found "
                            + scorer.tokens() + " tokens in all");
        }
        int count = asked.most().isPresent() ? Math.min(asked.most().getAsInt(), scorer.windows()) : scorer.windows();
        lines.line("note")
                .text("text", "windows")
                .number("count", count)
                .number("tokens", scorer.tokens())
                .end();
        for (int i = 0; i < count; i++) {
            if (!asked.done().contains(i)) {
                window(scorer, i);
            }
        }
    }

    private byte[] text() {
        try {
            return Files.readAllBytes(asked.file());
        } catch (IOException e) {
            throw new WorkerException(ErrorKind.BAD_OPTION, asked.file() + ": cannot be read (" + e + ")", e);
        }
    }

    private void window(TextScorer scorer, int index) {
        if (stop.raised()) {
            throw new LlamaException(LlamaException.Reason.INTERRUPTED, "stopped by a signal");
        }
        long startNanos = clock.nanos();
        WindowScore score = scorer.score(index);
        EventLines.Line line = lines.line("score")
                .number("id", index)
                .number("context_tokens", score.before())
                .number("continuation_tokens", score.tokens())
                .number("logprob", score.logProbability())
                .number("logprob_squares", score.squares())
                .flag("greedy", score.greedy());
        score.divergence()
                .ifPresent(d -> line.number("divergence", d.sum())
                        .number("divergence_squares", d.squares())
                        .number("same_top", d.sameTop())
                        .number("base_logprob", d.referenceLogProbability()));
        line.number("start", startNanos).number("end", clock.nanos()).end();
        lines.flush();
    }
}
