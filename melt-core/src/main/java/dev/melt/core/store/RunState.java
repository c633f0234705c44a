package dev.melt.core.store;

/** Where a run is in its life. */
public enum RunState {
    PLANNED,
    RUNNING,
    /** Every trial has a final outcome. */
    DONE,
    /** Ended before its last trial; resume goes on with it. */
    INTERRUPTED
}
