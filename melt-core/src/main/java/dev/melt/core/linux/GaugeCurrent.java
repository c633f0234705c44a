package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a fuel gauge says of its current, and how far the text alone settles what that means. Drivers give microamperes or
 * milliamperes, and either sign for a battery that is discharged; a status of charging proves nothing, because a charger may
 * give less than the load takes.
 *
 * @param raw as the driver writes it
 * @param unit of {@code raw}
 * @param unitEvidence what says so
 * @param sign which direction {@code raw} counts as positive
 * @param signEvidence what says so
 */
public record GaugeCurrent(double raw, RawUnit unit, Evidence unitEvidence, Sign sign, Evidence signEvidence) {
    /** No phone moves 20 A: a larger number is in microamperes. */
    private static final double SURELY_MICRO = 20_000;

    /** Gauges whose drivers are known. */
    private static final Map<String, Sign> BY_GAUGE =
            Map.of("bms", Sign.POSITIVE_DISCHARGES, "maxfg", Sign.NEGATIVE_DISCHARGES);

    public GaugeCurrent {
        requireNonNull(unit, "unit");
        requireNonNull(unitEvidence, "unitEvidence");
        requireNonNull(sign, "sign");
        requireNonNull(signEvidence, "signEvidence");
    }

    /** What a raw current is given in. */
    public enum RawUnit {
        MICROAMPERE(1e-6),
        MILLIAMPERE(1e-3);

        private final double amperes;

        RawUnit(double amperes) {
            this.amperes = amperes;
        }
    }

    /** Which way a raw current counts. */
    public enum Sign {
        POSITIVE_DISCHARGES,
        NEGATIVE_DISCHARGES,
        /** The value keeps the driver's own sign. */
        UNSETTLED
    }

    /** What an assumption rests on, the surest first. */
    public enum Evidence {
        /** The battery says that it is discharged. */
        STATUS,
        /** The source is one whose habit is known. */
        SOURCE,
        /** No other unit makes sense of a number of this size. */
        SIZE,
        /** The kernel's rules say so, which drivers break. */
        RULE,
        /** Nothing. */
        NONE
    }

    /** A current of {@code /sys/class/power_supply}. */
    static GaugeCurrent ofSupply(double raw, String supply, Optional<String> status) {
        Evidence size = Math.abs(raw) >= SURELY_MICRO ? Evidence.SIZE : Evidence.RULE;
        Sign habit = BY_GAUGE.getOrDefault(supply, Sign.UNSETTLED);
        if (status.filter("Discharging"::equals).isPresent() && raw != 0) {
            Sign seen = raw > 0 ? Sign.POSITIVE_DISCHARGES : Sign.NEGATIVE_DISCHARGES;
            return new GaugeCurrent(raw, RawUnit.MICROAMPERE, size, seen, Evidence.STATUS);
        }
        Evidence sign = habit == Sign.UNSETTLED ? Evidence.NONE : Evidence.SOURCE;
        return new GaugeCurrent(raw, RawUnit.MICROAMPERE, size, habit, sign);
    }

    /** Positive while the battery is discharged; with the driver's own sign where that is unsettled. */
    public double amperes() {
        double value = raw * unit.amperes;
        return sign == Sign.NEGATIVE_DISCHARGES && value != 0 ? -value : value;
    }

    /** The sample and what it rests on. */
    public void writeTo(TelemetryBuilder out, String channel, String prefix) {
        writeTo(out, channel, prefix, OptionalDouble.empty());
    }

    /** The same of a moment, in seconds. */
    public void writeTo(TelemetryBuilder out, String channel, String prefix, OptionalDouble t) {
        out.sample(channel, Unit.AMPERE, amperes(), t);
        out.fact(prefix + "current.raw", raw == Math.rint(raw) ? Long.toString((long) raw) : Double.toString(raw));
        out.fact(prefix + "current.unit", unit == RawUnit.MICROAMPERE ? "uA" : "mA");
        out.fact(prefix + "current.unit_confidence", word(unitEvidence));
        out.fact(prefix + "current.convention", word(sign));
        out.fact(prefix + "current.confidence", word(signEvidence));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
