package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import dev.melt.core.outcome.Warning;

/** A warning and the trial whose figures it is about. */
public record StoredWarning(String trialId, Warning warning) {
    public StoredWarning {
        requireNonNull(trialId, "trialId");
        requireNonNull(warning, "warning");
    }
}
