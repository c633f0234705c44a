package dev.melt.core.accuracy;

import dev.melt.core.event.Score;
import dev.melt.core.workload.Grading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The marks of one item by kind. Of equal candidates the first is taken, as NumPy's argmax does. */
final class ItemMarks {
    static final String ACC = "acc";
    static final String ACC_NORM = "acc_norm";
    static final String MC1 = "mc1";
    static final String MC2 = "mc2";

    /** No mark but what the perplexity of a task is made of. */
    static final String LOG_LIKELIHOOD = "log-likelihood";

    private ItemMarks() {}

    static Map<String, Double> of(Grading grading, List<Score> scores) {
        Map<String, Double> marks = new LinkedHashMap<>();
        if (grading instanceof Grading.Best best) {
            marks.put(ACC, right(largest(scores.size(), i -> likelihood(scores, i)) == best.gold()));
            if (!best.lengths().isEmpty()) {
                int likeliest = largest(
                        scores.size(),
                        i -> likelihood(scores, i) / best.lengths().get(i));
                marks.put(ACC_NORM, right(likeliest == best.gold()));
            }
        } else if (grading instanceof Grading.Truth truth) {
            List<Integer> single = truth.single();
            marks.put(MC1, right(largest(single.size(), i -> likelihood(scores, single.get(i))) == 0));
            marks.put(MC2, shareOfTruth(truth, scores));
        } else {
            marks.put(ACC, right(scores.get(0).greedy()));
            marks.put(LOG_LIKELIHOOD, likelihood(scores, 0));
        }
        return marks;
    }

    /** Taken relative to the likeliest answer, without which long answers would all have a probability of 0. */
    private static double shareOfTruth(Grading.Truth truth, List<Score> scores) {
        double max = truth.several().stream()
                .mapToDouble(i -> likelihood(scores, i))
                .max()
                .orElseThrow();
        double trueOnes = 0;
        double all = 0;
        for (int i = 0; i < truth.several().size(); i++) {
            double probability = Math.exp(likelihood(scores, truth.several().get(i)) - max);
            all += probability;
            trueOnes += i < truth.trueOnes() ? probability : 0;
        }
        return trueOnes / all;
    }

    private static double likelihood(List<Score> scores, int index) {
        return scores.get(index).logLikelihood();
    }

    private static int largest(int count, IntToDoubleFunction value) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = value.applyAsDouble(i) > value.applyAsDouble(best) ? i : best;
        }
        return best;
    }

    private static double right(boolean hit) {
        return hit ? 1 : 0;
    }
}
