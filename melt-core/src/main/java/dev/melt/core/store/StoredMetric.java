package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import dev.melt.core.metric.MetricValue;

/** A figure and the trial that it belongs to. */
public record StoredMetric(String trialId, MetricValue value) {
    public StoredMetric {
        requireNonNull(trialId, "trialId");
        requireNonNull(value, "value");
    }
}
