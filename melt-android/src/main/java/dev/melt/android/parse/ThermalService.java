package dev.melt.android.parse;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.CoolingState;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * {@code dumpsys thermalservice} (Android 10 and newer). Readings are those that the hardware gave for this dump; those that
 * the service had kept are of some earlier time, up to tens of degrees off, and are left alone.
 *
 * @param status 0 none to 6 shutdown; the phone as a whole
 * @param overridden somebody told the service what status to give
 * @param hal the version of the interface to the hardware
 * @param cached readings that were kept from before, not among {@code readings}
 */
public record ThermalService(
        OptionalInt status,
        boolean overridden,
        Optional<String> hal,
        List<SensorReading> readings,
        List<CoolingState> cooling,
        long cached,
        long skipped)
        implements TelemetryRecord {
    private static final List<String> STATUS =
            List.of("none", "light", "moderate", "severe", "critical", "emergency", "shutdown");

    public ThermalService {
        requireNonNull(status, "status");
        requireNonNull(hal, "hal");
        readings = List.copyOf(readings);
        cooling = List.copyOf(cooling);
    }

    /**
     * Reads the dump.
     *
     * @throws UnknownOutputException for anything else, and for a dump that breaks off before the hardware's readings
     */
    public static ThermalService read(SourceText text) throws UnknownOutputException {
        return ThermalDump.read(text);
    }

    /** The hottest sensor of a type. */
    public OptionalDouble hottest(SensorType type) {
        return readings.stream()
                .filter(reading -> reading.type() == type)
                .flatMapToDouble(reading -> reading.celsius().stream())
                .boxed()
                .max(naturalOrder())
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        status.ifPresent(code -> {
            out.fact("status", code);
            out.fact("status_word", code >= 0 && code < STATUS.size() ? STATUS.get(code) : "unknown");
        });
        out.fact("status_overridden", overridden);
        out.fact("cached_ignored", cached);
        hal.ifPresent(version -> out.fact("hal_version", version));
        SiteNames names = new SiteNames();
        for (SensorReading reading : readings) {
            reading.writeTo(out, names);
            out.row(
                    "sensors",
                    new FactRow()
                            .with("name", reading.name())
                            .with("type", reading.type().name())
                            .with("status", reading.status()));
        }
        SiteNames devices = new SiteNames();
        cooling.forEach(device -> device.writeTo(out, devices));
        out.skipped(skipped);
    }
}
