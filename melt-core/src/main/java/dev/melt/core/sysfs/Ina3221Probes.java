package dev.melt.core.sysfs;

import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;
import java.util.Optional;

/**
 * The power meters of NVIDIA's boards, three rails a chip, by the rails' names. Two layouts are known: {@code hwmon} with
 * {@code inN_label}, millivolts and milliamperes (L4T 34 and later; {@code in4} to {@code in7} and {@code curr4} are shunts and sums of
 * the same rails), and {@code iio} with {@code rail_name_N} and milliwatts (L4T 32 and before). A rail {@code NC} is not connected.
 */
public record Ina3221Probes(KernelFiles files) {
    static final String CHIP = "ina3221";

    private static final double MILLI = 1e-3;
    private static final int RAILS = 3;

    /** Adds them; nothing where there is no such chip. */
    public void find(ProbeList found) {
        for (String chip : files.list("/sys/class/hwmon", "hwmon[0-9]+")) {
            if (files.line(chip + "/name").filter(CHIP::equals).isPresent()) {
                for (int i = 1; i <= RAILS; i++) {
                    rail(found, chip, i);
                }
            }
        }
        for (String bus : files.list("/sys/bus/i2c/drivers/ina3221x", "[0-9]+-[0-9a-f]+")) {
            for (String chip : files.list(bus, "iio:device[0-9]+")) {
                for (int i = 0; i < RAILS; i++) {
                    milliwatts(found, chip, i);
                }
            }
        }
    }

    private void rail(ProbeList found, String chip, int index) {
        String volts = chip + "/in" + index + "_input";
        String amperes = chip + "/curr" + index + "_input";
        name(chip + "/in" + index + "_label")
                .filter(rail ->
                        files.number(volts).isPresent() && files.number(amperes).isPresent())
                .ifPresent(rail -> {
                    found.number(volts, "voltage", rail, Unit.VOLT, CHIP, new Scale(MILLI));
                    found.number(amperes, "current", rail, Unit.AMPERE, CHIP, new Scale(MILLI));
                });
    }

    private void milliwatts(ProbeList found, String chip, int index) {
        String power = chip + "/in_power" + index + "_input";
        name(chip + "/rail_name_" + index)
                .filter(rail -> files.number(power).isPresent())
                .ifPresent(rail -> {
                    found.number(power, "power", rail, Unit.WATT, CHIP, new Scale(MILLI));
                });
    }

    private Optional<String> name(String file) {
        return files.line(file).filter(rail -> !rail.equals("NC") && !rail.startsWith("sum of"));
    }
}
