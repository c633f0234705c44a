package dev.melt.core.store;

/** Where a trial is in its life. */
public enum TrialState {
    PLANNED,
    /** Started, and no result is stored: it runs, or MELT was killed while it ran. */
    RUNNING,
    /** Its result is stored, whatever the outcome. */
    DONE
}
