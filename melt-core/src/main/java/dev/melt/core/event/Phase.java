package dev.melt.core.event;

/** The two kinds of work in a turn: reading the prompt, and writing one token after another. */
public enum Phase {
    PREFILL,
    DECODE
}
