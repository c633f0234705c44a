package dev.melt.core.telemetry;

import static java.util.Objects.requireNonNull;

/**
 * One telemetry series.
 *
 * @param quantity what is measured: {@code power}, {@code temperature}, {@code frequency}, {@code memory}, ...
 * @param site where: {@code package-0}, {@code battery}, {@code cpu4}, {@code engine-rss}
 * @param unit of every value
 * @param source what reads it, such as {@code rapl}, {@code thermal-zone}, {@code fuel-gauge}
 */
public record Channel(String quantity, String site, Unit unit, String source) {
    public Channel {
        requireNonNull(quantity, "quantity");
        requireNonNull(site, "site");
        requireNonNull(unit, "unit");
        requireNonNull(source, "source");
    }

    /** {@code quantity/site}, the name that the store and every export use. */
    public String name() {
        return quantity + "/" + site;
    }

    @Override
    public String toString() {
        return name() + " [" + unit.symbol() + ", " + source + "]";
    }
}
