package dev.melt.core.metric;

/** What a figure is computed from. Where one of these is missing, the figure has no value. */
public enum Evidence {
    EVENTS("event lines of the engine"),
    OPERATORS("operator events (--per-op)"),
    ENGINE("the engine's own figures"),
    POWER("a power or energy channel that stands for the whole device"),
    IDLE_POWER("power measured at rest before and after the trial"),
    BATTERY_CURRENT("the current out of the battery"),
    BATTERY_CAPACITY("the battery's capacity"),
    TEMPERATURE("temperature channels"),
    FREQUENCY_CAP("frequency caps or cooling states"),
    MEMORY("resident memory of the engine's processes"),
    MODEL("facts about the model"),
    DEVICE_PEAK("the device's peak memory bandwidth or arithmetic rate, as configured"),
    LIKELIHOODS("log-likelihoods of an examination ('melt accuracy')"),
    SUSTAINED("a sustained workload of four turns or more"),
    TRIALS("two trials or more");

    private final String meaning;

    Evidence(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
