package dev.melt.embedded;

import dev.melt.embedded.Request.Question;
import dev.melt.embedded.llama.LlamaException;
import dev.melt.embedded.llama.Scorer;
import dev.melt.embedded.llama.StopFlag;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Answers the questions of a request, one line each. Questions that stand together share what their contexts share; what
 * stands apart is scored as if nothing had been before it.
 */
final class QuestionRunner {
    private final Request request;
    private final Scorer scorer;
    private final EventLines lines;
    private final DeviceClock clock;
    private final StopFlag stop;
    private int done;
    private int errors;

    QuestionRunner(Request request, Engine engine, EventLines lines, DeviceClock clock, StopFlag stop) {
        this.request = request;
        this.scorer = new Scorer(engine.context());
        this.lines = lines;
        this.clock = clock;
        this.stop = stop;
    }

    void run() {
        request.score().forEach(question -> together(List.of(question)));
        request.scoreFile().ifPresent(this::file);
    }

    int done() {
        return done;
    }

    int errors() {
        return errors;
    }

    /** The file is read as it is worked through: it may hold more than fits into the worker's memory. */
    private void file(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    together(QuestionLine.read(file.getFileName() + ":" + number, line));
                }
            }
        } catch (IOException e) {
            throw new WorkerException(ErrorKind.BAD_OPTION, file + ": cannot be read (" + e + ")", e);
        }
    }

    private void together(List<Question> questions) {
        scorer.forget();
        for (Question question : questions) {
            if (stop.raised()) {
                throw new LlamaException(LlamaException.Reason.INTERRUPTED, "stopped by a signal");
            }
            score(question);
        }
        lines.flush();
    }

    private void score(Question question) {
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
            return;
        }
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
}
