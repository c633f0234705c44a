package dev.melt.engines.mlx;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What mlx_lm.benchmark prints: a line a trial, and their means at its end. Immutable.
 *
 * @param finished whether it came to its end
 */
record MlxBenchmark(List<MlxTurn> trials, boolean finished) {
    private static final Pattern HEAD =
            Pattern.compile("prompt_tokens=([0-9]+)(?: and |, )generation_tokens=([0-9]+)(?:, batch_size=([0-9]+))?");
    private static final Pattern TRIAL = Pattern.compile(
            "Trial [0-9]+:\\s+prompt_tps=" + NUMBER + ", generation_tps=" + NUMBER + ", peak_memory=" + NUMBER);
    private static final Pattern END =
            Pattern.compile("Averages:\\s+prompt_tps=" + NUMBER + ", generation_tps=" + NUMBER + ", peak_memory=[0-9]");

    MlxBenchmark {
        trials = List.copyOf(trials);
    }

    /** Empty for output of another program. */
    static Optional<MlxBenchmark> read(ConsoleText text) throws UnknownOutputException {
        Optional<MatchResult> head = text.last(HEAD);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String batch = Optional.ofNullable(head.get().group(3)).orElse("1");
        if (!batch.equals("1")) {
            throw new UnknownOutputException("mlx_lm.benchmark: a batch size of 1 expected, " + batch + " found");
        }
        List<MlxTurn> trials = new ArrayList<>();
        for (MatchResult trial : text.all(TRIAL)) {
            trials.add(MlxTurn.ofRates(
                    Numbers.count(head.get().group(1)).orElse(0),
                    Numbers.positive(trial.group(1)),
                    Numbers.count(head.get().group(2)).orElse(0),
                    Numbers.positive(trial.group(2))));
        }
        return Optional.of(new MlxBenchmark(trials, text.has(END)));
    }
}
