package dev.melt.core.telemetry;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One reading of every channel of a device, taken outside a trial: what gates look at. What the device cannot measure is
 * not in it.
 *
 * @param values by channel
 */
public record Observation(long atNanos, Map<Channel, Double> values) {
    public Observation {
        values = Map.copyOf(values);
    }

    /** The largest value among the channels of a quantity. */
    public OptionalDouble max(String quantity) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().quantity().equals(quantity))
                .mapToDouble(Map.Entry::getValue)
                .max();
    }

    /** The value of the channel with this {@code quantity/site} name. */
    public OptionalDouble value(String channelName) {
        Optional<Double> found = values.entrySet().stream()
                .filter(e -> e.getKey().name().equals(channelName))
                .map(Map.Entry::getValue)
                .findFirst();
        return found.isPresent() ? OptionalDouble.of(found.get()) : OptionalDouble.empty();
    }
}
