package dev.melt.ios.agent;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion;
import dev.melt.core.telemetry.Conversion.Rate;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import java.util.List;

/** What the app samples of itself and of the phone, by the keys of the app protocol. */
public final class AppProbes {
    static final KeyedReader READER = new KeyedReader("app");

    private static final double NANO = 1e-9;

    private record Kind(String key, Channel channel, Conversion conversion) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("footprint", channel("memory", "engine-rss", Unit.BYTE, "phys_footprint"), new Scale(1)),
            new Kind("available", channel("memory", "available", Unit.BYTE, "os_proc_available_memory"), new Scale(1)),
            new Kind("cpu_ns", channel("utilisation", "engine", Unit.RATIO, "task_info"), new Rate(NANO)),
            new Kind("thermal_state", channel("thermal_status", "device", Unit.RATIO, "thermalState"), new Scale(1)),
            new Kind("battery_level", channel("level", "app", Unit.RATIO, "UIDevice"), new Scale(1)),
            new Kind("plugged", channel("plugged", "app", Unit.RATIO, "UIDevice"), new Scale(1)),
            new Kind("low_power", channel("low_power_mode", "device", Unit.RATIO, "ProcessInfo"), new Scale(1)));

    private AppProbes() {}

    private static Channel channel(String quantity, String site, Unit unit, String source) {
        return new Channel(quantity, site, unit, source);
    }

    /** All of them as one probe. */
    public static Probe probe() {
        return new Probe(
                READER.of(KINDS.stream().map(Kind::key).toList()),
                "",
                KINDS.stream()
                        .map(kind -> new Probe.Column(kind.channel(), kind.conversion()))
                        .toList());
    }
}
