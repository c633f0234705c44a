package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.Unit;
import java.util.OptionalDouble;

/**
 * One figure of battery statistics.
 *
 * @param channel those under {@code charge_estimated} come from a model of the phone and were not measured
 * @param t seconds; since 1970 where the history says so
 */
public record StatsPoint(String channel, Unit unit, double value, OptionalDouble t) {
    public StatsPoint {
        requireNonNull(channel, "channel");
        requireNonNull(unit, "unit");
    }

    static StatsPoint charge(String channel, double milliampereHours) {
        return new StatsPoint(channel, Unit.COULOMB, milliampereHours * 36 / 10, OptionalDouble.empty());
    }

    static StatsPoint duration(String site, double millis) {
        return new StatsPoint("duration/" + site, Unit.SECOND, millis / 1e3, OptionalDouble.empty());
    }
}
