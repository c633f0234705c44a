package dev.melt.core.outcome;

/** What came of a trial. Anything but {@link #OK} leaves a hole in the tables, with its cause beside it. */
public enum Outcome {
    OK("ran to its end and every required figure is there", "nothing"),
    OUT_OF_MEMORY(
            "the engine or the system ran out of memory",
            "take a smaller model, quantisation or context, or free memory"),
    CRASHED(
            "the engine ended by a signal or with an error of its own",
            "look at the lines above; run the command of melt run --print-cmd by hand"),
    TIMED_OUT("a deadline passed before the engine was done", "give more time with --timeout, or less work"),
    DEVICE_LOST(
            "the device went away and did not come back in time; resume looks what has become of it",
            "check the link, then melt resume"),
    REBOOTED("the device restarted during the trial", "see why the device restarted; run the cell again"),
    NOT_APPLIED(
            "a setting that was asked for did not take effect",
            "ask for a value that the engine takes, or leave the setting out"),
    UNPARSEABLE(
            "the engine's output is not of a known form",
            "report it with the raw files: the engine may be of an unknown version"),
    REFUSED(
            "a gate did not open, or the engine refused the model or the options",
            "correct what the cause names, then run again"),
    INTERRUPTED("a person stopped the run; resume runs it again", "go on with melt resume");

    private final String meaning;
    private final String remedy;

    Outcome(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** In one sentence, for people. */
    public String meaning() {
        return meaning;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }

    /** Whether {@code melt resume} has nothing more to do for such a trial. */
    public boolean isFinal() {
        return this != INTERRUPTED && this != DEVICE_LOST;
    }
}
