package dev.melt.android.adb;

import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.RailEnergy;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Energy that goes through single power rails, as the meters on a Pixel's board count it (ODPM, Pixel 6 and newer). Root alone may
 * read it. A rail is a part of the device: none of them, and not their sum, stands for the whole.
 */
record RailProbes(AndroidLook look) {
    private static final double MICRO = 1e-6;
    private static final Pattern LINE =
            Pattern.compile("(CH[0-9]{1,3})(?:\\(T=[0-9]+\\))?\\[([^\\[\\]]+)\\],\\s*[0-9]+\\s*");
    private static final Pattern ENABLED = Pattern.compile("CH[0-9]{1,3}\\[([^\\[\\]]+)\\]:(\\S.*?)\\s*");

    /** Adds them, or the reason why there are none. */
    void find(ProbeList found) {
        boolean any = false;
        for (String meter : meters()) {
            String file = meter + "/energy_value";
            Map<String, Probe.Column> columns = new LinkedHashMap<>();
            look.text(file)
                    .orElse("")
                    .lines()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> {
                        if (!columns.containsKey(line.group(1))) {
                            columns.put(
                                    line.group(1),
                                    new Probe.Column(
                                            found.channel("energy", line.group(2), Unit.JOULE, "odpm"),
                                            new RailEnergy(MICRO)));
                        }
                    });
            if (!columns.isEmpty()) {
                found.add("keys:" + String.join(",", columns.keySet()), file, List.copyOf(columns.values()));
                any = true;
            }
        }
        if (!any) {
            found.absent(
                    "rails",
                    "no power rail that the shell may read; a Pixel 6 or newer has them under /sys/bus/iio/devices, for"
                            + " root alone");
        }
    }

    private List<String> meters() {
        return look.list("/sys/bus/iio/devices", "iio:device[0-9]+");
    }

    /** What each rail feeds, by its name. */
    Map<String, String> subsystems() {
        Map<String, String> subsystems = new TreeMap<>();
        for (String meter : meters()) {
            look.text(meter + "/enabled_rails")
                    .orElse("")
                    .lines()
                    .map(ENABLED::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> subsystems.put(line.group(1), line.group(2)));
        }
        return subsystems;
    }
}
