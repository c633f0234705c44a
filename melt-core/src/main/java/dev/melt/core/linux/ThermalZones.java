package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The kernel's thermal zones and cooling devices ({@code /sys/class/thermal}). */
public record ThermalZones(List<ZoneReading> zones, List<CoolingState> cooling, long skipped)
        implements TelemetryRecord {
    public ThermalZones {
        zones = List.copyOf(zones);
        cooling = List.copyOf(cooling);
    }

    /**
     * Reads {@code zoneN:TYPE:VALUE} lines, or the files as {@code grep . PATHS} prints them, {@code PATH/type:TYPE} and
     * {@code PATH/temp:VALUE}.
     *
     * @throws UnknownOutputException for anything else, and for a text that breaks off
     */
    public static ThermalZones read(SourceText text) throws UnknownOutputException {
        ThermalLines lines = new ThermalLines();
        for (int i = 0; i < text.lines().size(); i++) {
            lines.take(text.lines().get(i));
            if (text.cutIn(i) && lines.any()) {
                throw text.cutOff("whole lines");
            }
        }
        if (!lines.any()) {
            throw text.unlike("lines 'zoneN:TYPE:VALUE' or '/sys/.../thermal_zoneN/temp:VALUE'");
        }
        return lines.all();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        Map<String, Long> times =
                zones.stream().collect(Collectors.groupingBy(ZoneReading::type, Collectors.counting()));
        for (ZoneReading zone : zones) {
            String site = times.getOrDefault(zone.type(), 1L) > 1 ? zone.type() + "-" + zone.zone() : zone.type();
            String channel = "temperature/" + site;
            if (zone.celsius().isPresent()) {
                out.sample(channel, Unit.CELSIUS, zone.celsius().getAsDouble());
            } else {
                out.leftOut(channel, Unit.CELSIUS, zone.stated(), "what a sensor says that is not there");
            }
        }
        SiteNames names = new SiteNames();
        cooling.forEach(device -> device.writeTo(out, names));
        out.skipped(skipped);
    }
}
