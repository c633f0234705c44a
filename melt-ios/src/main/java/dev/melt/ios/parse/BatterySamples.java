package dev.melt.ios.parse;

import dev.melt.core.linux.GaugeCurrent;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One reading of a battery's registry as samples and facts. */
record BatterySamples(BatteryRegistry battery) {
    private static final String SITE = "/battery";
    private static final String REASON = "what no battery has";

    void writeTo(TelemetryBuilder out) {
        OptionalDouble t = battery.updateTimeSeconds().isPresent()
                ? OptionalDouble.of((double) battery.updateTimeSeconds().getAsLong())
                : OptionalDouble.empty();
        sample(out, "level" + SITE, Unit.RATIO, battery.level(), t);
        sample(out, "voltage" + SITE, Unit.VOLT, battery.volts(), t);
        current(out, t);
        sample(out, "power" + SITE, Unit.WATT, battery.watts(BatteryRegistry.INSTANT), t);
        if (battery.entry().current(BatteryRegistry.INSTANT).isEmpty()) {
            sample(out, "power_avg" + SITE, Unit.WATT, battery.watts(BatteryRegistry.AVERAGE), t);
        }
        sample(out, "temperature" + SITE, Unit.CELSIUS, battery.celsius(), t);
        sample(out, "charge" + SITE, Unit.COULOMB, battery.chargeCoulombs(), t);
        sample(out, "charge_full" + SITE, Unit.COULOMB, battery.fullCoulombs(), t);
        sample(out, "charge_full_nominal" + SITE, Unit.COULOMB, battery.nominalCoulombs(), t);
        sample(out, "charge_full_design" + SITE, Unit.COULOMB, battery.designCoulombs(), t);
        sample(out, "state_of_health" + SITE, Unit.RATIO, battery.stateOfHealth(), t);
        battery.cycles().ifPresent(count -> out.sample("cycles" + SITE, Unit.RATIO, count, t));
        sample(out, "duration/to-empty", Unit.SECOND, battery.remaining("AvgTimeToEmpty"), t);
        sample(out, "duration/to-full", Unit.SECOND, battery.remaining("AvgTimeToFull"), t);
        sample(out, "power/system", Unit.WATT, battery.systemLoadWatts(), t);
        sample(out, "power/input", Unit.WATT, battery.systemPowerInWatts(), t);
        sample(out, "power_reported" + SITE, Unit.WATT, battery.batteryWatts(), t);
        leftOut(out);
        facts(out);
    }

    private static void sample(
            TelemetryBuilder out, String channel, Unit unit, OptionalDouble value, OptionalDouble t) {
        value.ifPresent(number -> out.sample(channel, unit, number, t));
    }

    /** That of the moment, and the mean of the gauge, which is another quantity. */
    private void current(TelemetryBuilder out, OptionalDouble t) {
        Optional<GaugeCurrent> instant = battery.entry().current(BatteryRegistry.INSTANT);
        Optional<GaugeCurrent> mean = battery.entry().current(BatteryRegistry.AVERAGE);
        instant.ifPresent(current -> current.writeTo(out, "current" + SITE, "", t));
        mean.ifPresent(current -> {
            if (instant.isEmpty()) {
                current.writeTo(out, "current_avg" + SITE, "", t);
            } else {
                out.sample("current_avg" + SITE, Unit.AMPERE, current.amperes(), t);
            }
            out.fact("current_avg.raw", Math.round(current.raw()));
        });
    }

    private void leftOut(TelemetryBuilder out) {
        if (battery.volts().isEmpty()) {
            battery.entry()
                    .raw("Voltage")
                    .ifPresent(raw -> out.leftOut("voltage" + SITE, Unit.VOLT, raw / 1e3, REASON));
        }
        if (battery.celsius().isEmpty()) {
            battery.entry()
                    .raw("Temperature")
                    .ifPresent(raw -> out.leftOut("temperature" + SITE, Unit.CELSIUS, raw / 100, REASON));
        }
        if (battery.level().isEmpty()) {
            battery.entry()
                    .raw(BatteryRegistry.CURRENT)
                    .ifPresent(raw -> out.leftOut("level" + SITE, Unit.RATIO, raw / 100, "no share"));
        }
        for (String key : List.of(BatteryRegistry.INSTANT, BatteryRegistry.AVERAGE)) {
            if (battery.entry().current(key).isEmpty()) {
                String quantity = key.equals(BatteryRegistry.INSTANT) ? "current" : "current_avg";
                battery.entry().raw(key).ifPresent(raw -> out.leftOut(quantity + SITE, Unit.AMPERE, raw / 1e3, REASON));
            }
        }
    }

    private void facts(TelemetryBuilder out) {
        battery.charging().ifPresent(on -> out.fact("charging", on));
        battery.external().ifPresent(on -> out.fact("external_connected", on));
        battery.full().ifPresent(on -> out.fact("fully_charged", on));
        battery.entry().flag("BatteryInstalled").ifPresent(on -> out.fact("battery_installed", on));
        battery.entry().own().child("AdapterDetails").ifPresent(adapter -> {
            adapter.text("Description").ifPresent(word -> out.fact("adapter", word));
            adapter.whole("Watts").ifPresent(watts -> out.fact("adapter_W", watts));
            adapter.whole("Voltage").ifPresent(millivolts -> out.fact("adapter_mV", millivolts));
            adapter.whole("Current").ifPresent(milliamperes -> out.fact("adapter_mA", milliamperes));
        });
        battery.entry()
                .current(BatteryRegistry.INSTANT)
                .or(() -> battery.entry().current(BatteryRegistry.AVERAGE))
                .ifPresent(current -> out.fact("net_discharging", current.amperes() > 0));
    }
}
