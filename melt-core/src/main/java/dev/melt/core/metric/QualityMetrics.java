package dev.melt.core.metric;

import static dev.melt.core.metric.Declaration.trial;
import static dev.melt.core.metric.Direction.HIGHER;
import static dev.melt.core.metric.Direction.LOWER;
import static dev.melt.core.metric.Evidence.LIKELIHOODS;
import static dev.melt.core.telemetry.Unit.RATIO;

/** How good a model's answers are. Their site names the task, and the group and kind of the figure within it. */
public final class QualityMetrics {
    public static final Metric ACCURACY = trial(
            "accuracy",
            RATIO,
            HIGHER,
            "harness-score",
            "score of a task as lm-evaluation-harness defines it, per task and kind: acc, acc_norm, mc1, mc2",
            LIKELIHOODS);
    public static final Metric PERPLEXITY = trial(
            "perplexity",
            RATIO,
            LOWER,
            "exp-of-mean",
            "exp of the mean negative log-likelihood: per token of the second halves of a text's windows, or per last word",
            LIKELIHOODS);
    public static final Metric KL_DIVERGENCE = trial(
            "kl_divergence",
            RATIO,
            LOWER,
            "mean-over-tokens",
            "mean divergence of the next token's distribution from the base model's over the same tokens, in nats",
            LIKELIHOODS);

    private QualityMetrics() {}

    /** Whether a stored id is of one of these; two trials of an examination differ by rounding only. */
    public static boolean has(String id) {
        return Metrics.find(id)
                .filter(metric -> metric.needs().contains(LIKELIHOODS))
                .isPresent();
    }
}
