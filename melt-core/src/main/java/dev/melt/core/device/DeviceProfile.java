package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a file in {@code configs/devices/} says of a device.
 *
 * @param driver name of the {@link DeviceDriverProvider} that reaches it
 * @param match by which a device that is attached is known to be this one; empty where the driver has one device
 * @param host where the link finds it: a name of {@code ~/.ssh/config}, {@code USER@HOST}; empty: by the profile's own name
 * @param workdir absolute folder on the device below which MELT writes; empty: the driver's usual one
 * @param prepare values of its settings during a run, by name, over MELT's usual ones
 * @param samplingHz ticks of the sampler in a second
 * @param gate what must hold before a trial may start, by the words of {@link dev.melt.core.gate.GateLimit}
 * @param quota what MELT may keep on the device, such as {@code 8GB}; {@code melt device gc} keeps to it
 */
public record DeviceProfile(
        String about,
        String driver,
        Optional<Match> match,
        Optional<String> host,
        Optional<String> workdir,
        OptionalDouble samplingHz,
        Optional<Map<String, String>> prepare,
        Optional<Map<String, Double>> gate,
        Optional<String> quota,
        Optional<Peak> peak) {
    public DeviceProfile {
        requireNonNull(about, "about");
        requireNonNull(driver, "driver");
        requireNonNull(match, "match");
        requireNonNull(host, "host");
        requireNonNull(workdir, "workdir");
        requireNonNull(samplingHz, "samplingHz");
        prepare = prepare.map(Map::copyOf);
        gate = gate.map(Map::copyOf);
        requireNonNull(quota, "quota");
        requireNonNull(peak, "peak");
    }

    /**
     * Words by which a device is known, all of those that are there: each is compared without regard to case.
     *
     * @param serial of one single device
     * @param product the system's name for it, such as {@code shiba}
     * @param model as its maker sells it, such as {@code Pixel 8}
     * @param soc such as {@code Tensor G3}
     */
    public record Match(
            Optional<String> serial, Optional<String> product, Optional<String> model, Optional<String> soc) {
        public Match {
            requireNonNull(serial, "serial");
            requireNonNull(product, "product");
            requireNonNull(model, "model");
            requireNonNull(soc, "soc");
        }
    }

    /** From the data sheet; the denominators of mbu and mfu. */
    public record Peak(OptionalDouble memoryBytesPerSecond, OptionalDouble operationsPerSecond) {}
}
