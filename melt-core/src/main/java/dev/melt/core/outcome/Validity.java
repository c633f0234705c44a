package dev.melt.core.outcome;

/** Why a trial's figures may not be quoted as they are. A closed set; each member carries what to do about it. */
public enum Validity {
    THROTTLED("the device lowered its frequency during the trial", "let it cool, or use a sustained workload"),
    TELEMETRY_GAP(
            "samples are missing for longer than five periods",
            "close what else runs on the device, or lower the sampling rate"),
    TOO_FEW_SAMPLES(
            "an energy window has fewer than 20 samples", "use longer prompts, more tokens, or a faster energy source"),
    WINDOW_ESTIMATED(
            "the engine says how long its work took and not when: where its energy windows lie is known roughly",
            "read the uncertainty of the energies, or use an engine that stamps its events"),
    CHARGING(
            "the battery was charged, or a charger fed the device, during the trial: the battery's current is not the load's",
            "unplug the device, or cut its USB power"),
    FOREIGN_LOAD(
            "other programs used the processor during the trial", "close them, or run again when the machine is idle"),
    SETTINGS_NOT_APPLIED("a device setting did not take effect", "see melt explain for which, and set it by hand"),
    ENGINE_DISAGREES(
            "MELT's figures and the engine's own differ by more than 2 %",
            "compare both with melt show; report it if the difference stays"),
    POWER_DISAGREES(
            "two programs that read the same rail differ by more than 10 %",
            "look at both channels with melt show --all; the board's own tool averages over another time"),
    GATE_NOT_READABLE(
            "a gate asked for a value that this device does not report", "leave the gate out for this device"),
    SYNTHETIC_MODEL(
            "the weights are random: speed is real, text and accuracy are not", "use real weights for accuracy"),
    VIRTUAL_DEVICE("the device is simulated", "use a real device for figures that you quote"),
    QUESTIONS_LEFT_OUT(
            "items of an examination could not be scored and are left out", "give the engine a longer context"),
    CONTEXT_TRUNCATED("contexts of questions were cut at their beginning to fit", "give the engine a longer context"),
    FEW_TRIALS("fewer than five trials: the interval says little", "use --trials 5 or more"),
    OUTLIER("a trial lies far from the others (modified Z above 3.5)", "look at its telemetry with melt show");

    private final String meaning;
    private final String advice;

    Validity(String meaning, String advice) {
        this.meaning = meaning;
        this.advice = advice;
    }

    public String meaning() {
        return meaning;
    }

    public String advice() {
        return advice;
    }

    /** Whether the figures are wrong or of something else than was asked for; others only need a word beside them. */
    public boolean forbidsQuoting() {
        return switch (this) {
            case THROTTLED,
                    TELEMETRY_GAP,
                    CHARGING,
                    FOREIGN_LOAD,
                    SETTINGS_NOT_APPLIED,
                    ENGINE_DISAGREES,
                    POWER_DISAGREES,
                    QUESTIONS_LEFT_OUT -> true;
            case TOO_FEW_SAMPLES,
                    WINDOW_ESTIMATED,
                    GATE_NOT_READABLE,
                    SYNTHETIC_MODEL,
                    VIRTUAL_DEVICE,
                    CONTEXT_TRUNCATED,
                    FEW_TRIALS,
                    OUTLIER -> false;
        };
    }
}
