package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One of the three inputs of an INA3221 power monitor.
 *
 * @param name what the board's makers call it; {@code NC} where nothing is connected
 * @param folder of the chip
 * @param readings in the order of the text
 * @param warningAmperes above which the chip warns
 * @param criticalAmperes above which the board throttles
 */
public record SensorRail(
        String name,
        String folder,
        List<Reading> readings,
        OptionalDouble warningAmperes,
        OptionalDouble criticalAmperes) {
    public SensorRail {
        requireNonNull(name, "name");
        requireNonNull(folder, "folder");
        readings = List.copyOf(readings);
        requireNonNull(warningAmperes, "warningAmperes");
        requireNonNull(criticalAmperes, "criticalAmperes");
    }

    /**
     * What was read of it at one time.
     *
     * @param measuredWatts where the driver multiplies itself
     */
    public record Reading(OptionalDouble volts, OptionalDouble amperes, OptionalDouble measuredWatts) {
        public Reading {
            requireNonNull(volts, "volts");
            requireNonNull(amperes, "amperes");
            requireNonNull(measuredWatts, "measuredWatts");
        }

        /** Measured, or volts times amperes; empty where one of them is missing. */
        public OptionalDouble watts() {
            if (measuredWatts.isPresent() || volts.isEmpty() || amperes.isEmpty()) {
                return measuredWatts;
            }
            return OptionalDouble.of(Math.rint(volts.getAsDouble() * amperes.getAsDouble() * 1e6) / 1e6);
        }
    }

    public boolean isConnected() {
        return !name.equals("NC");
    }

    void writeTo(TelemetryBuilder out, String site) {
        for (Reading reading : readings) {
            reading.watts().ifPresent(value -> out.sample("power/" + site, Unit.WATT, value));
            reading.volts().ifPresent(value -> out.sample("voltage/" + site, Unit.VOLT, value));
            reading.amperes().ifPresent(value -> out.sample("current/" + site, Unit.AMPERE, value));
        }
        out.row(
                "rails",
                new FactRow()
                        .with("rail", site)
                        .with("folder", folder)
                        .with("readings", readings.size())
                        .with("warning_A", warningAmperes)
                        .with("critical_A", criticalAmperes));
    }
}
