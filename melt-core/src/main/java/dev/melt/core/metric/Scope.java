package dev.melt.core.metric;

/** What a figure belongs to. */
public enum Scope {
    /** Each turn has one, and the trial has one that is made of them as {@link Metric#pooling()} says. */
    TURN,
    /** Only the trial as a whole has one. */
    TRIAL,
    /** Only the trials of a cell together have one. */
    CELL
}
