package dev.melt.core.sysfs;

import dev.melt.core.telemetry.Conversion.Counter;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a Linux machine says what it draws: RAPL counters ({@code /sys/class/powercap}), the battery's gauge
 * ({@code /sys/class/power_supply}) and power sensors ({@code /sys/class/hwmon}).
 */
public final class EnergyProbes {
    private static final double MICRO = 1e-6;

    /** A microampere hour in coulombs. */
    private static final double MICRO_AMPERE_HOUR = 3.6e-3;

    private final KernelFiles files;
    private final List<String> obstacles = new ArrayList<>();

    public EnergyProbes(KernelFiles files) {
        this.files = files;
    }

    /** Adds them, and the reason where there are none. */
    public void find(ProbeList found) {
        sources(found);
        reason(found);
    }

    /** Adds them. */
    public void sources(ProbeList found) {
        obstacles.clear();
        rapl(found);
        batteries(found);
        sensors(found);
    }

    /** Says why there are none, where nothing else has found any either. */
    public void reason(ProbeList found) {
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
    private void rapl(ProbeList found) {
        for (String domain : files.list("/sys/class/powercap", "intel-rapl:[0-9]+(:[0-9]+)?")) {
            String name = files.line(domain + "/name").orElse("");
            boolean sub = KernelFiles.name(domain).matches(".*:.*:.*");
            if (sub ? !name.equals("dram") : !name.matches("package.*|psys.*")) {
                continue;
            }
            String counter = domain + "/energy_uj";
            if (!files.isReadable(counter)) {
                obstacles.add("RAPL is there and only root may read it: sudo chmod a+r " + counter);
                continue;
            }
            long range = files.number(domain + "/max_energy_range_uj").orElse(0);
            found.number(counter, "energy", site(domain, name), Unit.JOULE, "rapl", new Counter(MICRO, range));
        }
    }

    private static String site(String domain, String name) {
        return name.equals("dram") ? "dram-" + KernelFiles.name(domain).split(":", -1)[1] : name;
    }

    /** The gauge of a battery that feeds the machine; on mains its current charges it and says nothing about the load. */
    private void batteries(ProbeList found) {
        for (String supply : files.list("/sys/class/power_supply", ".+")) {
            if (files.line(supply + "/type").filter("Battery"::equals).isEmpty()
                    || files.line(supply + "/scope").filter("Device"::equals).isPresent()) {
                continue;
            }
            level(found, supply);
            Optional<String> status = files.line(supply + "/status");
            if (status.filter("Discharging"::equals).isPresent()) {
                load(found, supply);
            } else {
                obstacles.add("the battery " + KernelFiles.name(supply) + " is not discharging ("
                        + status.orElse("status unknown") + "): its current is not the load, unplug the machine");
            }
        }
    }

    private void level(ProbeList found, String supply) {
        probe(found, supply, "capacity", "level", Unit.RATIO, 0.01);
        probe(found, supply, "temp", "temperature", Unit.CELSIUS, 0.1);
        probe(found, supply, "charge_now", "charge", Unit.COULOMB, MICRO_AMPERE_HOUR);
        probe(found, supply, "energy_now", "stored_energy", Unit.JOULE, MICRO_AMPERE_HOUR);
    }

    private void load(ProbeList found, String supply) {
        OptionalLong current = files.number(supply + "/current_now");
        double sign = current.isPresent() && current.getAsLong() < 0 ? -1 : 1;
        probe(found, supply, "voltage_now", "voltage", Unit.VOLT, MICRO);
        probe(found, supply, "current_now", "current", Unit.AMPERE, sign * MICRO);
        probe(found, supply, "power_now", "power", Unit.WATT, MICRO);
    }

    private void probe(ProbeList found, String supply, String file, String quantity, Unit unit, double factor) {
        if (files.number(supply + "/" + file).isPresent()) {
            found.number(supply + "/" + file, quantity, "battery", unit, "fuel-gauge", new Scale(factor));
        }
    }

    /** Power sensors, volts with amperes where a chip has those of one rail (INA219), and the rails of NVIDIA's boards. */
    public void sensors(ProbeList found) {
        new Ina3221Probes(files).find(found);
        for (String chip : files.list("/sys/class/hwmon", "hwmon[0-9]+")) {
            String name = files.line(chip + "/name").orElse(KernelFiles.name(chip));
            if (name.equals(Ina3221Probes.CHIP)) {
                continue;
            }
            for (String power : files.list(chip, "power[0-9]+_(input|average)")) {
                if (files.number(power).isPresent()) {
                    found.number(power, "power", site(chip, name, power), Unit.WATT, "hwmon", new Scale(MICRO));
                }
            }
            for (String current : files.list(chip, "curr[0-9]+_input")) {
                rail(found, chip, name, current);
            }
        }
    }

    private void rail(ProbeList found, String chip, String name, String current) {
        String index = KernelFiles.name(current).replaceAll("[^0-9]", "");
        String voltage = chip + "/in" + index + "_input";
        if (files.isReadable(chip + "/power" + index + "_input")
                || files.number(voltage).isEmpty()
                || files.number(current).isEmpty()) {
            return;
        }
        String site = site(chip, name, voltage);
        found.number(voltage, "voltage", site, Unit.VOLT, "hwmon", new Scale(1e-3));
        found.number(current, "current", site, Unit.AMPERE, "hwmon", new Scale(1e-3));
    }

    private String site(String chip, String name, String sensor) {
        String stem = KernelFiles.name(sensor).replaceAll("_.*", "");
        return name + "-" + files.line(chip + "/" + stem + "_label").orElse(stem);
    }
}
