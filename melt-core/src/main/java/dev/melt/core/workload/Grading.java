package dev.melt.core.workload;

import java.util.List;

/** How an item's log-likelihoods become a mark, as lm-evaluation-harness defines it. */
public sealed interface Grading {
    /**
     * The candidate that is the likeliest has to be the right one: {@code acc}; and the one that is the likeliest for its
     * length: {@code acc_norm}.
     *
     * @param gold number of the right candidate
     * @param lengths of the candidates in characters; empty for a task without {@code acc_norm}
     */
    record Best(int gold, List<Integer> lengths) implements Grading {
        public Best {
            lengths = List.copyOf(lengths);
        }
    }

    /**
     * TruthfulQA: {@code mc1} is whether the first of one list of answers is its likeliest, {@code mc2} the share that the
     * true answers of another list have in the probability of that list.
     *
     * @param single the first list's questions, the true one first
     * @param several the second list's questions, the true ones first
     * @param trueOnes how many of {@code several} are true
     */
    record Truth(List<Integer> single, List<Integer> several, int trueOnes) implements Grading {
        public Truth {
            single = List.copyOf(single);
            several = List.copyOf(several);
        }
    }

    /** The one continuation has to be what the model would write: {@code acc}; and its {@code perplexity}. */
    record LastWord() implements Grading {}
}
