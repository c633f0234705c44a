package dev.melt.local;

import dev.melt.core.telemetry.Conversion.Counter;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a Linux machine says what it draws: RAPL counters ({@code /sys/class/powercap}), the battery's gauge
 * ({@code /sys/class/power_supply}) and power sensors ({@code /sys/class/hwmon}).
 */
record EnergyProbes(Sysroot sysroot) {
    private static final double MICRO = 1e-6;

    /** A microampere hour in coulombs. */
    private static final double MICRO_AMPERE_HOUR = 3.6e-3;

    void find(ProbeList found) {
        List<String> obstacles = new ArrayList<>();
        rapl(found, obstacles);
        batteries(found, obstacles);
        sensors(found);
        if (!found.has("energy") && !found.has("power") && !found.has("current")) {
            found.absent("energy", obstacles.isEmpty() ? nothing() : String.join("; ", obstacles));
        }
    }

    private static String nothing() {
        return "no RAPL counter, no battery and no power sensor under /sys; a virtual machine has none, "
                + "run on the machine itself or use an external meter";
    }

    /**
     * Packages, memory beside them, and {@code psys}, the whole platform, of which whoever adds up takes one or the other.
     * {@code core} and {@code uncore} are parts of their package and {@code intel-rapl-mmio} shows package 0 again: they would
     * be counted twice.
     */
    private void rapl(ProbeList found, List<String> obstacles) {
        for (Path domain : sysroot.list("/sys/class/powercap", "intel-rapl:[0-9]+(:[0-9]+)?")) {
            String name = sysroot.line(domain.resolve("name")).orElse("");
            boolean sub = Sysroot.name(domain).matches(".*:.*:.*");
            if (sub ? !name.equals("dram") : !name.matches("package.*|psys.*")) {
                continue;
            }
            Path counter = domain.resolve("energy_uj");
            if (!Files.isReadable(counter)) {
                obstacles.add("RAPL is there and only root may read it: sudo chmod a+r " + counter);
                continue;
            }
            long range = sysroot.number(domain.resolve("max_energy_range_uj")).orElse(0);
            found.number(counter, "energy", site(domain, name), Unit.JOULE, "rapl", new Counter(MICRO, range));
        }
    }

    private static String site(Path domain, String name) {
        return name.equals("dram") ? "dram-" + Sysroot.name(domain).split(":", -1)[1] : name;
    }

    /** The gauge of a battery that feeds the machine; on mains its current charges it and says nothing about the load. */
    private void batteries(ProbeList found, List<String> obstacles) {
        for (Path supply : sysroot.list("/sys/class/power_supply", ".+")) {
            if (sysroot.line(supply.resolve("type")).filter("Battery"::equals).isEmpty()
                    || sysroot.line(supply.resolve("scope"))
                            .filter("Device"::equals)
                            .isPresent()) {
                continue;
            }
            level(found, supply);
            Optional<String> status = sysroot.line(supply.resolve("status"));
            if (status.filter("Discharging"::equals).isPresent()) {
                load(found, supply);
            } else {
                obstacles.add("the battery " + Sysroot.name(supply) + " is not discharging ("
                        + status.orElse("status unknown") + "): its current is not the load, unplug the machine");
            }
        }
    }

    private void level(ProbeList found, Path supply) {
        probe(found, supply, "capacity", "level", Unit.RATIO, 0.01);
        probe(found, supply, "temp", "temperature", Unit.CELSIUS, 0.1);
        probe(found, supply, "charge_now", "charge", Unit.COULOMB, MICRO_AMPERE_HOUR);
        probe(found, supply, "energy_now", "stored_energy", Unit.JOULE, MICRO_AMPERE_HOUR);
    }

    private void load(ProbeList found, Path supply) {
        OptionalLong current = sysroot.number(supply.resolve("current_now"));
        double sign = current.isPresent() && current.getAsLong() < 0 ? -1 : 1;
        probe(found, supply, "voltage_now", "voltage", Unit.VOLT, MICRO);
        probe(found, supply, "current_now", "current", Unit.AMPERE, sign * MICRO);
        probe(found, supply, "power_now", "power", Unit.WATT, MICRO);
    }

    private void probe(ProbeList found, Path supply, String file, String quantity, Unit unit, double factor) {
        if (sysroot.number(supply.resolve(file)).isPresent()) {
            found.number(supply.resolve(file), quantity, "battery", unit, "fuel-gauge", new Scale(factor));
        }
    }

    /** Power sensors, and volts with amperes where a chip has those of one rail (INA219, INA3221). */
    private void sensors(ProbeList found) {
        for (Path chip : sysroot.list("/sys/class/hwmon", "hwmon[0-9]+")) {
            String name = sysroot.line(chip.resolve("name")).orElse(Sysroot.name(chip));
            for (Path power : sysroot.list(chip, "power[0-9]+_(input|average)")) {
                if (sysroot.number(power).isPresent()) {
                    found.number(power, "power", site(chip, name, power), Unit.WATT, "hwmon", new Scale(MICRO));
                }
            }
            for (Path current : sysroot.list(chip, "curr[0-9]+_input")) {
                rail(found, chip, name, current);
            }
        }
    }

    private void rail(ProbeList found, Path chip, String name, Path current) {
        String index = Sysroot.name(current).replaceAll("[^0-9]", "");
        Path voltage = chip.resolve("in" + index + "_input");
        if (Files.exists(chip.resolve("power" + index + "_input"))
                || sysroot.number(voltage).isEmpty()
                || sysroot.number(current).isEmpty()) {
            return;
        }
        String site = site(chip, name, voltage);
        if (!site.endsWith("-NC")) {
            found.number(voltage, "voltage", site, Unit.VOLT, "hwmon", new Scale(1e-3));
            found.number(current, "current", site, Unit.AMPERE, "hwmon", new Scale(1e-3));
        }
    }

    private String site(Path chip, String name, Path sensor) {
        String stem = Sysroot.name(sensor).replaceAll("_.*", "");
        return name + "-" + sysroot.line(chip.resolve(stem + "_label")).orElse(stem);
    }
}
