package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What formulas need to know of the device; each empty where it is not known.
 *
 * @param cores processors that are switched on
 * @param batteryCapacityMilliampereHours what a full battery gives
 * @param peakBytesPerSecond of the memory, from its data sheet
 * @param peakOperationsPerSecond multiplications and additions, from the data sheet
 * @param fullFrequencyHz the highest frequency that hardware and chosen settings allow, by site ({@code cpu4}); a cap
 *     below it is throttling
 */
public record DeviceFacts(
        OptionalInt cores,
        OptionalDouble batteryCapacityMilliampereHours,
        OptionalDouble peakBytesPerSecond,
        OptionalDouble peakOperationsPerSecond,
        Map<String, Double> fullFrequencyHz) {
    /** Nothing is known. */
    public static final DeviceFacts UNKNOWN = new DeviceFacts(
            OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Map.of());

    public DeviceFacts {
        requireNonNull(cores, "cores");
        requireNonNull(batteryCapacityMilliampereHours, "batteryCapacityMilliampereHours");
        requireNonNull(peakBytesPerSecond, "peakBytesPerSecond");
        requireNonNull(peakOperationsPerSecond, "peakOperationsPerSecond");
        fullFrequencyHz = Map.copyOf(fullFrequencyHz);
    }
}
