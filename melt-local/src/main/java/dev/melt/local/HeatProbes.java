package dev.melt.local;

import dev.melt.core.linux.ZoneReading;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Temperatures: the kernel's thermal zones ({@code /sys/class/thermal}) and sensor chips ({@code /sys/class/hwmon}). */
record HeatProbes(Sysroot sysroot) {
    /** Each processor may be one, all in the same state. */
    private static final int MOST_COOLING = 8;

    void find(ProbeList found) {
        for (Path zone : sysroot.list("/sys/class/thermal", "thermal_zone[0-9]+")) {
            String type = sysroot.line(zone.resolve("type")).orElse(Sysroot.name(zone));
            probe(found, zone.resolve("temp"), type, "thermal-zone");
        }
        for (Path chip : sysroot.list("/sys/class/hwmon", "hwmon[0-9]+")) {
            String name = sysroot.line(chip.resolve("name")).orElse(Sysroot.name(chip));
            for (Path sensor : sysroot.list(chip, "temp[0-9]+_input")) {
                String stem = Sysroot.name(sensor).replace("_input", "");
                String label = sysroot.line(chip.resolve(stem + "_label")).orElse(stem);
                if (!label.startsWith("Core ")) { // the package shows the hottest of them
                    probe(found, sensor, name + "-" + label, "hwmon");
                }
            }
        }
        cooling(found);
        if (!found.has("temperature")) {
            found.absent(
                    "temperature",
                    "no thermal zone and no sensor under /sys with a credible reading; a virtual machine has none");
        }
    }

    /** Devices that cool by taking speed from the processor. */
    private void cooling(ProbeList found) {
        for (Path device : sysroot.list("/sys/class/thermal", "cooling_device[0-9]+")) {
            String type = sysroot.line(device.resolve("type")).orElse("");
            Path state = device.resolve("cur_state");
            if (type.matches("(?i).*(processor|cpufreq|devfreq|throttle).*")
                    && sysroot.number(state).isPresent()
                    && found.count("cooling") < MOST_COOLING) {
                found.number(state, "cooling", type, Unit.RATIO, "cooling-device", new Scale(1));
            }
        }
    }

    private void probe(ProbeList found, Path file, String site, String source) {
        OptionalLong raw = sysroot.number(file);
        if (raw.isEmpty()) {
            return;
        }
        OptionalDouble factor = factor(raw.getAsLong(), site);
        if (factor.isPresent()) {
            found.number(file, "temperature", site, Unit.CELSIUS, source, new Scale(factor.getAsDouble()));
        }
    }

    /** From raw to degrees; empty where no reading makes sense. */
    static OptionalDouble factor(long raw, String type) {
        ZoneReading reading = new ZoneReading(0, type, raw);
        return reading.celsius().isPresent() ? OptionalDouble.of(reading.factor()) : OptionalDouble.empty();
    }
}
