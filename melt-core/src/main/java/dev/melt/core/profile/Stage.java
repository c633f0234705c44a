package dev.melt.core.profile;

import dev.melt.core.event.Phase;

/** What an evaluation of a graph was for. Figures of two stages are not mixed unless a person asks for it. */
public enum Stage {
    /** Evaluated uncounted before the first prompt; it touches memory and compiles kernels for the first time. */
    WARM_UP("warm-up"),
    PREFILL("prefill"),
    DECODE("decode"),
    /** Neither: sampling, making a cache, a graph whose size cannot be told. */
    OTHER("other");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    public static Stage of(Phase phase) {
        return phase == Phase.PREFILL ? PREFILL : DECODE;
    }

    /** As tables and files have it. */
    public String word() {
        return word;
    }
}
