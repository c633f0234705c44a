package dev.melt.core.metric;

import dev.melt.core.telemetry.Channel;
import java.util.regex.Pattern;

/**
 * The {@link Channel#quantity()} words that formulas read. Probes name their channels with them;
 * a channel with another word is kept and shown, but no figure comes of it.
 */
public final class Quantities {
    /** W. Of a battery positive while it is discharged. */
    public static final String POWER = "power";
    /** J, a counter that only grows. */
    public static final String ENERGY = "energy";
    /** A. Of a battery positive while it is discharged, whatever sign its driver uses. */
    public static final String CURRENT = "current";
    /** V. */
    public static final String VOLTAGE = "voltage";
    /** Degrees Celsius. */
    public static final String TEMPERATURE = "temperature";
    /** Hz: what a core runs at. */
    public static final String FREQUENCY = "frequency";
    /** Hz: what a core may run at, at most, at this moment. */
    public static final String FREQUENCY_CAP = "frequency_cap";
    /** State of a cooling device; above 0 it takes speed away. */
    public static final String COOLING = "cooling";
    /** Share of time, 0 to 1: of one core at the sites {@code cpu0}, {@code cpu1}, ..., of all together at {@link #ALL}. */
    public static final String UTILISATION = "utilisation";
    /** Above 0 while a charger is attached to the site. */
    public static final String PLUGGED = "plugged";
    /** B; of the engine's process tree at the site {@code engine-rss}. */
    public static final String MEMORY = "memory";

    /** Under {@link #UTILISATION}: all processors together, 0 to 1. */
    public static final String ALL = "all";

    /** Under {@link #MEMORY}: the resident set of the engine's process tree. */
    public static final String ENGINE_RSS = "engine-rss";
    /** Under {@link #MEMORY}: the same, a page that several processes share counted in part. Not read in trials that count. */
    public static final String ENGINE_PSS = "engine-pss";
    /** Under {@link #UTILISATION}: processors that the engine's process tree keeps busy; may exceed 1. */
    public static final String ENGINE = "engine";

    private static final Pattern DERIVED = Pattern.compile("(difference|volts times amperes) of .*");

    private Quantities() {}

    /** Whether a series was computed from others for people to look at. Formulas read what was measured. */
    static boolean isDerived(Channel channel) {
        return DERIVED.matcher(channel.source()).matches();
    }
}
