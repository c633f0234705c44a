package dev.melt.ios.device;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.TelemetryPlan.Absent;
import dev.melt.ios.agent.AppProbes;
import dev.melt.ios.agent.BatteryProbes;
import dev.melt.ios.parse.BatteryRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be sampled on a phone: what the app sees of itself, and what the registry tells of the battery.
 *
 * @param battery as it was read now; empty where the phone tells nothing of it
 */
record PhoneTelemetry(Optional<BatteryRegistry> battery) {
    TelemetryPlan plan() {
        List<Probe> probes = new ArrayList<>(List.of(AppProbes.probe()));
        battery.flatMap(BatteryProbes::of).ifPresent(probes::add);
        List<String> quantities = probes.stream()
                .flatMap(probe -> probe.columns().stream())
                .map(Probe.Column::channel)
                .map(Channel::quantity)
                .toList();
        List<Absent> absent = new ArrayList<>();
        if (!quantities.contains("current") || !quantities.contains("voltage")) {
            absent.add(new Absent(
                    "energy", "this iOS does not tell the battery's current and voltage; an external meter does"));
        }
        if (!quantities.contains("temperature")) {
            absent.add(
                    new Absent(
                            "temperature",
                            "this iOS tells no temperature of the battery, and no other to anybody; thermal_status is sampled"));
        }
        absent.add(new Absent("frequency", "iOS tells nobody how fast its processors run"));
        absent.add(new Absent("utilisation of the whole phone", "an app sees its own processor time alone"));
        return new TelemetryPlan(probes, absent);
    }
}
