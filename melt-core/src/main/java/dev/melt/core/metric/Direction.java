package dev.melt.core.metric;

/** Which way is better. */
public enum Direction {
    LOWER,
    HIGHER,
    /** Neither: it describes. */
    NONE
}
