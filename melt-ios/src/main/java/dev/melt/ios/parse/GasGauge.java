package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * {@code idevicediagnostics diagnostics GasGauge}.
 *
 * @param design coulombs that the battery took when it was new
 * @param fullCharge as printed: mAh, but 100 on every phone since iOS 12.2, which is none
 */
public record GasGauge(
        Optional<String> status, OptionalInt cycles, OptionalDouble design, OptionalDouble fullCharge, long skipped)
        implements TelemetryRecord {
    private static final String NAME = "GasGauge";
    private static final double COULOMBS = 3.6;
    private static final double HIDDEN = 100;

    public GasGauge {
        requireNonNull(status, "status");
        requireNonNull(cycles, "cycles");
        requireNonNull(design, "design");
        requireNonNull(fullCharge, "fullCharge");
    }

    /**
     * Reads such output, or that of {@code diagnostics All}.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static GasGauge read(SourceText text) throws UnknownOutputException {
        PlistText list = PlistText.read(text);
        List<PropertyTree> gauges = list.trees().stream()
                .map(tree -> tree.child("Diagnostics").orElse(tree))
                .flatMap(tree -> tree.child(NAME).stream())
                .toList();
        if (gauges.isEmpty()) {
            throw text.unlike("a property list with '" + NAME + "'");
        }
        PropertyTree gauge = gauges.get(gauges.size() - 1);
        long outside = Transcript.isIn(text) ? 0 : list.around().size();
        return new GasGauge(
                gauge.text("Status"),
                gauge.decimal("CycleCount").stream()
                        .filter(count -> count >= 0 && count < 100_000)
                        .mapToInt(count -> (int) count)
                        .findFirst(),
                gauge.decimal("DesignCapacity").stream()
                        .filter(milliampereHours -> milliampereHours > HIDDEN)
                        .map(milliampereHours -> milliampereHours * COULOMBS)
                        .findFirst(),
                gauge.decimal("FullChargeCapacity"),
                list.skipped() + outside);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        status.ifPresent(word -> out.fact("status", word));
        cycles.ifPresent(count -> out.sample("cycles/battery", Unit.RATIO, count));
        design.ifPresent(value -> out.sample("charge_full_design/battery", Unit.COULOMB, value));
        if (fullCharge.isPresent()) {
            double raw = fullCharge.getAsDouble();
            boolean hidden = raw <= HIDDEN;
            out.fact("full_charge", Math.round(raw));
            out.fact("full_charge_unit", hidden ? "percent_or_unknown" : "mAh");
            if (hidden) {
                out.leftOut(
                        "charge_full/battery", Unit.COULOMB, raw * COULOMBS, "100 since iOS 12.2, which is no charge");
            } else {
                out.sample("charge_full/battery", Unit.COULOMB, raw * COULOMBS);
            }
        }
        out.skipped(skipped);
    }
}
