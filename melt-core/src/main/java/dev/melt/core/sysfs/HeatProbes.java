package dev.melt.core.sysfs;

import dev.melt.core.linux.ZoneReading;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Temperatures: the kernel's thermal zones ({@code /sys/class/thermal}) and sensor chips ({@code /sys/class/hwmon}). */
public record HeatProbes(KernelFiles files) {
    /** A zone of NVIDIA's boards that says 50 or 100 degrees for ever. */
    private static final String NO_SENSOR = "(?i)PMIC(-Die)?";

    /** Each processor may be one, all in the same state. */
    private static final int MOST_COOLING = 8;

    /** Adds them, and the reason where there are none. */
    public void find(ProbeList found) {
        sensors(found);
        reason(found);
    }

    /** Says why there are none, where nothing else has found any either. */
    public void reason(ProbeList found) {
        if (!found.has("temperature")) {
            found.absent(
                    "temperature",
                    "no thermal zone and no sensor under /sys with a credible reading; a virtual machine has none");
        }
    }

    /** Adds them. */
    public void sensors(ProbeList found) {
        for (String zone : files.list("/sys/class/thermal", "thermal_zone[0-9]+")) {
            String type = files.line(zone + "/type").orElse(KernelFiles.name(zone));
            if (type.matches(NO_SENSOR)) {
                continue;
            }
            probe(found, zone + "/temp", type, "thermal-zone");
        }
        for (String chip : files.list("/sys/class/hwmon", "hwmon[0-9]+")) {
            String name = files.line(chip + "/name").orElse(KernelFiles.name(chip));
            for (String sensor : files.list(chip, "temp[0-9]+_input")) {
                String stem = KernelFiles.name(sensor).replace("_input", "");
                String label = files.line(chip + "/" + stem + "_label").orElse(stem);
                if (!label.startsWith("Core ")) { // the package shows the hottest of them
                    probe(found, sensor, name + "-" + label, "hwmon");
                }
            }
        }
        cooling(found);
    }

    /** Devices that cool by taking speed from the processor. */
    private void cooling(ProbeList found) {
        for (String device : files.list("/sys/class/thermal", "cooling_device[0-9]+")) {
            String type = files.line(device + "/type").orElse("");
            String state = device + "/cur_state";
            if (type.matches("(?i).*(processor|cpufreq|devfreq|throttle).*")
                    && files.number(state).isPresent()
                    && found.count("cooling") < MOST_COOLING) {
                found.number(state, "cooling", type, Unit.RATIO, "cooling-device", new Scale(1));
            }
        }
    }

    private void probe(ProbeList found, String file, String site, String source) {
        OptionalLong raw = files.number(file);
        if (raw.isEmpty()) {
            return;
        }
        OptionalDouble factor = factor(raw.getAsLong(), site);
        if (factor.isPresent()) {
            found.number(file, "temperature", site, Unit.CELSIUS, source, new Scale(factor.getAsDouble()));
        }
    }

    /** From raw to degrees; empty where no reading makes sense. */
    public static OptionalDouble factor(long raw, String type) {
        ZoneReading reading = new ZoneReading(0, type, raw);
        return reading.celsius().isPresent() ? OptionalDouble.of(reading.factor()) : OptionalDouble.empty();
    }
}
