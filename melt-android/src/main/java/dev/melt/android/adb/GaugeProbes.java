package dev.melt.android.adb;

import dev.melt.android.parse.DumpsysBattery;
import dev.melt.core.sysfs.KernelFiles;
import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The battery of a device: its fuel gauge below {@code /sys/class/power_supply} where the shell may read it, else what
 * {@code dumpsys battery} says, which the agent asks beside the sampler. What is plugged in is sampled too: current out of a battery is
 * the device's draw only while nothing feeds it.
 */
record GaugeProbes(AndroidLook look) {
    private static final double MICRO = 1e-6;

    /** A microampere hour in coulombs. */
    private static final double MICRO_AMPERE_HOUR = 3.6e-3;

    private static final String SITE = "battery";
    private static final List<String> PREFERRED = List.of("battery", "maxfg", "bms", "Battery", "main-battery");

    /** The supply whose current can be read; among several the one that drivers put in front. */
    static Optional<String> supply(KernelFiles files) {
        List<String> gauges = files.list("/sys/class/power_supply", ".+").stream()
                .filter(path -> files.number(path + "/current_now").isPresent())
                .filter(path -> PREFERRED.contains(KernelFiles.name(path))
                        || files.line(path + "/type").filter("Battery"::equals).isPresent())
                .toList();
        return PREFERRED.stream()
                .flatMap(name ->
                        gauges.stream().filter(path -> KernelFiles.name(path).equals(name)))
                .findFirst()
                .or(() -> gauges.stream().findFirst());
    }

    void find(ProbeList found) {
        Optional<String> supply = supply(look);
        supply.ifPresent(path -> gauge(found, path));
        plugs(found);
        dumpsys(found, supply.isEmpty());
        if (!found.has("current")) {
            found.absent(
                    "current",
                    "the shell may not read a fuel gauge on this device, and dumpsys battery tells no"
                            + " current; a rooted device or an external meter does");
        }
    }

    private void gauge(ProbeList found, String path) {
        GaugeConvention.of(look)
                .ifPresent(convention ->
                        number(found, path + "/current_now", "current", Unit.AMPERE, convention.factor()));
        number(found, path + "/voltage_now", "voltage", Unit.VOLT, MICRO);
        number(found, path + "/charge_counter", "charge", Unit.COULOMB, MICRO_AMPERE_HOUR);
        number(found, path + "/capacity", "level", Unit.RATIO, 0.01);
        number(found, path + "/temp", "temperature", Unit.CELSIUS, 0.1);
    }

    private void number(ProbeList found, String file, String quantity, Unit unit, double factor) {
        if (look.number(file).isPresent()) {
            found.number(file, quantity, SITE, unit, "fuel-gauge", new Scale(factor));
        }
    }

    private record Kind(String key, String quantity, Unit unit, double factor) {}

    /** Samsung alone tells a current there, in milliamperes. */
    private static final List<Kind> TOLD = List.of(
            new Kind("voltage", "voltage", Unit.VOLT, 1e-3),
            new Kind("current_now", "current", Unit.AMPERE, -1e-3),
            new Kind("charge_counter", "charge", Unit.COULOMB, MICRO_AMPERE_HOUR),
            new Kind("level", "level", Unit.RATIO, 0.01),
            new Kind("temperature", "temperature", Unit.CELSIUS, 0.1),
            new Kind("status", "status", Unit.RATIO, 1)); // Android's number: 2 is charging

    /** Read about once a second by a process of its own, for what the kernel's files do not show. */
    private void dumpsys(ProbeList found, boolean gaugeIsHidden) {
        Optional<DumpsysBattery> told = look.battery();
        if (told.isEmpty()) {
            return;
        }
        if (told.get().faked()) {
            found.absent(
                    "battery", "somebody told the battery service what to say; end that with: dumpsys battery reset");
            return;
        }
        Map<String, Probe.Column> columns = new LinkedHashMap<>();
        TOLD.stream()
                .filter(kind -> gaugeIsHidden && told.get().number(kind.key()).isPresent())
                .forEach(kind -> columns.put(
                        kind.key(),
                        new Probe.Column(
                                found.channel(kind.quantity(), SITE, kind.unit(), "battery"),
                                new Scale(kind.factor()))));
        if (!found.has("plugged")) {
            told.get()
                    .powerInputs()
                    .forEach(input -> columns.put(
                            input + "_powered",
                            new Probe.Column(found.channel("plugged", input, Unit.RATIO, "battery"), new Scale(1))));
        }
        if (!columns.isEmpty()) {
            found.add("dumpsys-battery:" + String.join(",", columns.keySet()), "", List.copyOf(columns.values()));
        }
    }

    private void plugs(ProbeList found) {
        for (String supply :
                look.list("/sys/class/power_supply", "usb|ac|dc|wireless|main|pc_port|charger|.*-charger")) {
            if (look.number(supply + "/online").isPresent()) {
                found.number(
                        supply + "/online",
                        "plugged",
                        KernelFiles.name(supply),
                        Unit.RATIO,
                        "power-supply",
                        new Scale(1));
            }
        }
    }
}
