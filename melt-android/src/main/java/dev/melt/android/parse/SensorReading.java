package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.linux.ZoneReading;
import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One reading of Android's thermal service.
 *
 * @param value as printed, in a unit that depends on the type
 * @param status how hard the sensor throttles: 0 is not at all
 */
public record SensorReading(String name, SensorType type, double value, int status) {
    /** A cell has some volts; more are millivolts. */
    private static final double MOST_VOLTS = 100;

    /** No phone moves 100 A; more are milliamperes. Less may be either. */
    private static final double MOST_AMPERES = 100;

    public SensorReading {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
    }

    /** Degrees Celsius; empty for what is no temperature, and for what a sensor says that is not there. */
    public OptionalDouble celsius() {
        return type.isTemperature() && !isDifference() && ZoneReading.isCredible(thousandths())
                ? OptionalDouble.of(thousandths())
                : OptionalDouble.empty();
    }

    /** Vendors publish how much one sensor is above another under the type for unknown. */
    private boolean isDifference() {
        return type == SensorType.UNKNOWN && name.toUpperCase(Locale.ROOT).contains("MINUS");
    }

    /** Sensors count in thousandths; what is beyond is noise of single precision. */
    private double thousandths() {
        return Math.rint(value * 1e3) / 1e3;
    }

    void writeTo(TelemetryBuilder out, SiteNames names) {
        String site = names.unique(name);
        switch (type) {
            case BCL_VOLTAGE ->
                out.sample("voltage/" + site, Unit.VOLT, value > MOST_VOLTS ? value / 1000 : thousandths());
            case BCL_PERCENTAGE -> out.sample("level/" + site, Unit.RATIO, value / 100);
            case BCL_CURRENT -> current(out, "current/" + site);
            default -> temperature(out, site);
        }
    }

    private void current(TelemetryBuilder out, String channel) {
        if (value == 0 || Math.abs(value) >= MOST_AMPERES) {
            out.sample(channel, Unit.AMPERE, value / 1000);
        } else {
            out.leftOut(channel, Unit.AMPERE, value, "amperes or milliamperes");
        }
    }

    private void temperature(TelemetryBuilder out, String site) {
        if (isDifference()) {
            out.sample("temperature_difference/" + site, Unit.CELSIUS, thousandths());
        } else if (celsius().isPresent()) {
            out.sample("temperature/" + site, Unit.CELSIUS, celsius().getAsDouble());
        } else {
            out.leftOut("temperature/" + site, Unit.CELSIUS, value, "what a sensor says that is not there");
        }
    }
}
