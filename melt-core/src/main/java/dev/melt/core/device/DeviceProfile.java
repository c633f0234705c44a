package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a file in {@code configs/devices/} says of a device.
 *
 * @param driver name of the {@link DeviceDriverProvider} that reaches it
 * @param samplingHz ticks of the sampler in a second
 */
public record DeviceProfile(
        String about, String driver, OptionalDouble samplingHz, Optional<Gate> gate, Optional<Peak> peak) {
    public DeviceProfile {
        requireNonNull(about, "about");
        requireNonNull(driver, "driver");
        requireNonNull(samplingHz, "samplingHz");
        requireNonNull(gate, "gate");
        requireNonNull(peak, "peak");
    }

    /**
     * What must hold before a trial may start; what is empty is not looked at.
     *
     * @param temperature degrees Celsius of the hottest site, at most
     * @param rise degrees Celsius a minute, at most
     * @param battery state of charge, 0 to 1, at least
     * @param memory bytes of available memory, at least
     * @param utilisation busy share of all cores, 0 to 1, at most
     * @param timeout seconds
     */
    public record Gate(
            OptionalDouble temperature,
            OptionalDouble rise,
            OptionalDouble battery,
            OptionalDouble memory,
            OptionalDouble utilisation,
            OptionalDouble timeout) {}

    /** From the data sheet; the denominators of mbu and mfu. */
    public record Peak(OptionalDouble memoryBytesPerSecond, OptionalDouble operationsPerSecond) {}
}
