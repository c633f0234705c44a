package dev.melt.core.run;

/** What came of a trial. Anything but {@link #OK} leaves a hole in the tables, with its cause beside it. */
public enum Outcome {
    OK("ran to its end and every required figure is there"),
    OUT_OF_MEMORY("the engine or the system ran out of memory"),
    CRASHED("the engine ended by a signal or with an error of its own"),
    TIMED_OUT("a deadline passed before the engine was done"),
    DEVICE_LOST("the device went away and did not come back in time"),
    REBOOTED("the device restarted during the trial"),
    NOT_APPLIED("a setting that was asked for did not take effect"),
    UNPARSEABLE("the engine's output is not of a known form"),
    REFUSED("a gate did not open, or the engine refused the model or the options"),
    INTERRUPTED("a person stopped the run; resume runs it again");

    private final String meaning;

    Outcome(String meaning) {
        this.meaning = meaning;
    }

    /** In one sentence, for people. */
    public String meaning() {
        return meaning;
    }

    /** Whether {@code melt resume} has nothing more to do for such a trial. */
    public boolean isFinal() {
        return this != INTERRUPTED;
    }
}
