package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dev.melt.android.parse.GetProp;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the number in {@code current_now} means on one device. The kernel's documentation says microamperes, negative while the battery
 * is discharged; makers do as they like. So the rule of the maker's driver comes first, what the reading can possibly be second, and
 * the battery's own charge counter last: each overrules the one before, and how sure that is is kept with every run.
 *
 * @param amperes value of one unit
 * @param dischargeSign sign of a raw reading while the battery is discharged
 */
record GaugeConvention(double amperes, int dischargeSign, Confidence confidence, String evidence) {
    private static final double MICRO = 1e-6;
    private static final double MILLI = 1e-3;

    /** More than any phone draws; as a reading in this unit it cannot be. */
    private static final double MOST_AMPERES = 20;

    /** Less than a phone that is awake and talks over adb draws. */
    private static final double LEAST_AMPERES = 0.01;

    /** How sure a convention is. */
    enum Confidence {
        /** Kernel documentation alone. */
        ASSUMED,
        /** Known of this maker's devices. */
        KNOWN,
        /** Seen on this device. */
        MEASURED
    }

    /** What is known of makers, the most particular first. */
    private record Rule(Pattern maker, Pattern platform, double amperes, int sign) {
        Rule(String maker, String platform, double amperes, int sign) {
            this(Pattern.compile(maker), Pattern.compile(platform), amperes, sign);
        }

        boolean fits(String manufacturer, String board) {
            return maker.matcher(manufacturer).matches()
                    && platform.matcher(board).matches();
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("google", ".*", MICRO, -1),
            new Rule("samsung", ".*", MILLI, -1),
            new Rule("huawei|honor", "hi[0-9].*|kirin.*", MILLI, -1),
            new Rule("oneplus", "msmnile|sdm8.*", MILLI, 1),
            new Rule("xiaomi|redmi|poco|motorola|lge|sony", "(msm|sdm|apq).*", MICRO, 1));

    GaugeConvention {
        requireNonNull(confidence, "confidence");
        requireNonNull(evidence, "evidence");
    }

    /** Of the gauge that a device shows; empty when it shows none. */
    static Optional<GaugeConvention> of(AndroidLook look) {
        GetProp properties = look.properties();
        String manufacturer =
                properties.first("ro.product.manufacturer").orElse("").toLowerCase(Locale.ROOT);
        String board =
                properties.first("ro.board.platform", "ro.hardware").orElse("").toLowerCase(Locale.ROOT);
        return GaugeProbes.supply(look).map(supply -> {
            List<AndroidLook.Reading> readings = look.gauge().stream()
                    .filter(reading -> reading.supply().equals(supply))
                    .toList();
            boolean discharging = look.line(supply + "/status")
                    .filter("Discharging"::equalsIgnoreCase)
                    .isPresent();
            return settle(manufacturer, board, readings, discharging);
        });
    }

    /**
     * Weighs what is known.
     *
     * @param discharging whether the battery says so itself and thus feeds the device
     */
    static GaugeConvention settle(
            String manufacturer, String board, List<AndroidLook.Reading> readings, boolean discharging) {
        Optional<Rule> rule =
                RULES.stream().filter(known -> known.fits(manufacturer, board)).findFirst();
        GaugeConvention first = rule.map(known -> new GaugeConvention(
                        known.amperes(), known.sign(), Confidence.KNOWN, "known of " + manufacturer + " devices"))
                .orElse(new GaugeConvention(MICRO, -1, Confidence.ASSUMED, "kernel documentation"));
        return first.withPossibleUnit(readings, discharging).withSignOfDischarge(readings, discharging);
    }

    /** A reading that would be more than a phone can draw, or less than it must, is in the other unit. */
    private GaugeConvention withPossibleUnit(List<AndroidLook.Reading> readings, boolean discharging) {
        long median = median(readings);
        if (amperes == MILLI && median * MILLI > MOST_AMPERES) {
            return new GaugeConvention(MICRO, dischargeSign, confidence, evidence + "; " + median + " mA is too much");
        }
        if (amperes == MICRO
                && discharging
                && median > 0
                && median * MICRO < LEAST_AMPERES
                && median * MILLI >= LEAST_AMPERES) {
            return new GaugeConvention(
                    MILLI, dischargeSign, confidence, evidence + "; " + median + " uA is too little while discharging");
        }
        return this;
    }

    /** While it discharges, or while its counter moves, the sign can be seen. "Charging" alone proves nothing. */
    private GaugeConvention withSignOfDischarge(List<AndroidLook.Reading> readings, boolean discharging) {
        OptionalInt direction = current(readings);
        if (direction.isEmpty()) {
            return this;
        }
        OptionalInt slope = counter(readings);
        if (slope.isPresent()) {
            int sign = slope.getAsInt() < 0 ? direction.getAsInt() : -direction.getAsInt();
            return new GaugeConvention(
                    amperes, sign, Confidence.MEASURED, evidence + "; the charge counter moved with it");
        }
        return discharging
                ? new GaugeConvention(
                        amperes,
                        direction.getAsInt(),
                        Confidence.MEASURED,
                        evidence + "; read while the battery was discharging")
                : this;
    }

    /** Sign that all readings share. */
    private static OptionalInt current(List<AndroidLook.Reading> readings) {
        int[] signs = readings.stream()
                .mapToInt(reading -> Long.signum(reading.current()))
                .distinct()
                .toArray();
        return signs.length == 1 && signs[0] != 0 ? OptionalInt.of(signs[0]) : OptionalInt.empty();
    }

    private static OptionalInt counter(List<AndroidLook.Reading> readings) {
        long[] counts = readings.stream()
                .flatMapToLong(reading -> reading.chargeCounter().stream())
                .toArray();
        int slope = counts.length < 2 ? 0 : Long.compare(counts[counts.length - 1], counts[0]);
        return slope == 0 ? OptionalInt.empty() : OptionalInt.of(slope);
    }

    private static long median(List<AndroidLook.Reading> readings) {
        long[] sizes = readings.stream()
                .mapToLong(reading -> Math.abs(reading.current()))
                .sorted()
                .toArray();
        return sizes.length == 0 ? 0 : sizes[sizes.length / 2];
    }

    /** What turns a raw reading into amperes out of the battery. */
    double factor() {
        return dischargeSign * amperes;
    }

    /** As they are kept with a run. */
    SortedMap<String, String> facts() {
        return new TreeMap<>(Map.of(
                "battery_current_unit",
                amperes == MICRO ? "uA" : "mA",
                "battery_current_sign",
                dischargeSign < 0 ? "negative while discharging" : "positive while discharging",
                "battery_current_confidence",
                confidence.name().toLowerCase(Locale.ROOT),
                "battery_current_evidence",
                evidence));
    }
}
