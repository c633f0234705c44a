package dev.melt.core.linux;

import dev.melt.core.telemetry.Unit;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** Properties of a power supply that are numbers and need no evidence beyond their size. Raw units as the kernel documents them. */
enum SupplyProperty {
    VOLTAGE_NOW("voltage", Unit.VOLT),
    VOLTAGE_AVG("voltage_avg", Unit.VOLT),
    VOLTAGE_OCV("voltage_ocv", Unit.VOLT),
    VOLTAGE_MAX("voltage_limit", Unit.VOLT),
    CURRENT_MAX("current_limit", Unit.AMPERE),
    INPUT_CURRENT_LIMIT("input_current_limit", Unit.AMPERE),
    TEMP("temperature", Unit.CELSIUS),
    CAPACITY("level", Unit.RATIO),
    CHARGE_COUNTER("charge", Unit.COULOMB),
    CHARGE_NOW("charge", Unit.COULOMB),
    CHARGE_FULL("charge_full", Unit.COULOMB),
    CHARGE_FULL_DESIGN("charge_full_design", Unit.COULOMB),
    ENERGY_NOW("stored_energy", Unit.JOULE),
    ENERGY_FULL("stored_energy_full", Unit.JOULE);

    private static final double MICRO = 1e6;

    /** A cell has some volts; a charger has up to 50. */
    private static final double MOST_VOLTS = 100;

    private static final double MOST_MILLIVOLTS = 100_000;

    /** No battery is 200 degrees hot. */
    private static final double MOST_DECIDEGREES = 2000;

    /** Drivers without a counter show 0 or some small number. */
    private static final double LEAST_MICRO_AMPERE_HOURS = 10_000;

    final String quantity;
    final Unit unit;

    SupplyProperty(String quantity, Unit unit) {
        this.quantity = quantity;
        this.unit = unit;
    }

    static Optional<SupplyProperty> named(String key) {
        return Arrays.stream(values())
                .filter(property -> property.name().equals(key))
                .findFirst();
    }

    /** In {@link #unit}, believable or not. */
    double si(double raw) {
        return switch (unit) {
            case VOLT -> volts(raw);
            case CELSIUS -> Math.abs(raw) >= MOST_DECIDEGREES ? raw / 1000 : raw / 10;
            case RATIO -> raw / 100;
            case COULOMB, JOULE -> raw * 36 / 1e4;
            default -> raw / MICRO;
        };
    }

    /** Some drivers write volts or millivolts where microvolts should be. */
    static double volts(double raw) {
        double size = Math.abs(raw);
        return size < MOST_VOLTS ? raw : size < MOST_MILLIVOLTS ? raw / 1000 : raw / MICRO;
    }

    /** In {@link #unit}; empty where it is what a driver says that has no such sensor. */
    OptionalDouble credible(double raw) {
        double value = si(raw);
        boolean credible = switch (unit) {
            case CELSIUS -> ZoneReading.isCredible(value);
            case RATIO -> value >= 0 && value <= 1;
            case COULOMB -> raw >= LEAST_MICRO_AMPERE_HOURS;
            default -> value >= 0;
        };
        return credible ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
