package dev.melt.core.summary;

import static java.util.Objects.requireNonNull;

import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.trial.TrialResult;
import java.util.List;

/**
 * What aggregation needs of a trial: how it ended and its figures. Comes from a result at hand or out of the store.
 *
 * @param cause why the outcome is what it is; empty for {@link Outcome#OK}
 * @param metrics of the trial and of its turns
 */
public record TrialFigures(String trialId, Outcome outcome, String cause, List<MetricValue> metrics) {
    public TrialFigures {
        requireNonNull(trialId, "trialId");
        requireNonNull(outcome, "outcome");
        requireNonNull(cause, "cause");
        metrics = List.copyOf(metrics);
    }

    public static TrialFigures of(TrialResult result) {
        return new TrialFigures(result.trialId(), result.outcome(), result.cause(), result.metrics());
    }
}
