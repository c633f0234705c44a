package dev.melt.core.trial;

/** Why a trial is run. */
public enum TrialRole {
    /** Fills caches and settles clocks; its figures are kept and left out of every summary. */
    WARMUP,
    /** Counts. */
    MEASURED,
    /** Times every operator, which disturbs the whole; only its operator figures are used. */
    PROFILE
}
