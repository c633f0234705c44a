package dev.melt.android.adb;

import dev.melt.android.parse.SensorReading;
import dev.melt.android.parse.SensorType;
import dev.melt.core.linux.CoolingState;
import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Android's thermal service says, asked about once a second beside the sampler. Newer phones hide the kernel's thermal zones
 * from the shell; where they do not, the service adds the skin, by which it throttles, and nothing that a zone shows already. The
 * status of the whole phone is always taken.
 */
record ThermalServiceProbes(AndroidLook look) {
    private static final String SOURCE = "thermalservice";
    private static final String TEMPERATURE = "temperature";
    private static final String COOLING = "cooling";
    private static final String BATTERY = "battery";
    private static final int MOST_COOLING = 8;

    /** Adds them behind what the kernel's own files gave. */
    void find(ProbeList found) {
        look.thermal().ifPresent(dump -> {
            boolean zones = found.sites(TEMPERATURE).stream().anyMatch(site -> !site.equals(BATTERY));
            Map<String, Probe.Column> columns = new LinkedHashMap<>();
            if (dump.status().isPresent()) {
                columns.put("status", column(found, "thermal_status", "device", Unit.RATIO));
            }
            for (SensorReading reading : dump.readings()) {
                if (reading.celsius().isPresent() && adds(reading, zones, found)) {
                    columns.put(
                            key(TEMPERATURE, reading.name()), column(found, TEMPERATURE, reading.name(), Unit.CELSIUS));
                }
            }
            cooling(dump.cooling(), found, columns);
            if (!columns.isEmpty()) {
                found.add(
                        "dumpsys-thermalservice:" + String.join(",", columns.keySet()),
                        "",
                        new ArrayList<>(columns.values()));
            }
        });
    }

    private static boolean adds(SensorReading reading, boolean zones, ProbeList found) {
        boolean ofBattery = reading.type() == SensorType.BATTERY;
        if (found.hasChannel(TEMPERATURE, reading.name()) || (ofBattery && found.hasChannel(TEMPERATURE, BATTERY))) {
            return false;
        }
        return !zones || ofBattery || reading.type() == SensorType.SKIN;
    }

    private static void cooling(List<CoolingState> devices, ProbeList found, Map<String, Probe.Column> columns) {
        for (CoolingState device : devices) {
            if (device.name().matches("(?i).*(processor|cpu|gpu|devfreq|throttle).*")
                    && !found.hasChannel(COOLING, device.name())
                    && found.count(COOLING) < MOST_COOLING) {
                columns.put(key(COOLING, device.name()), column(found, COOLING, device.name(), Unit.RATIO));
            }
        }
    }

    /** As the agent writes it. */
    private static String key(String quantity, String name) {
        return quantity + "." + ProbeList.plain(name);
    }

    private static Probe.Column column(ProbeList found, String quantity, String site, Unit unit) {
        return new Probe.Column(found.channel(quantity, site, unit, SOURCE), new Scale(1));
    }
}
