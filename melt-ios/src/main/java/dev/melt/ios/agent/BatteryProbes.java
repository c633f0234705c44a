package dev.melt.ios.agent;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import dev.melt.ios.parse.BatteryRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a phone's registry tells of battery and power while a trial runs. The host asks; the values are in SI units, current positive out of
 * the battery. Keys differ from iOS to iOS, and what this phone lacks is no channel of it.
 */
public final class BatteryProbes {
    static final KeyedReader READER = new KeyedReader("ioreg");

    private static final String GAUGE = "fuel-gauge";
    private static final String TELEMETRY = "PowerTelemetryData";

    private record Kind(
            String key,
            String quantity,
            String site,
            Unit unit,
            String source,
            Function<BatteryRegistry, OptionalDouble> read) {
        Channel channel() {
            return new Channel(quantity, site, unit, source);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("volts", "voltage", "battery", Unit.VOLT, GAUGE, BatteryRegistry::volts),
            new Kind("amperes", "current", "battery", Unit.AMPERE, GAUGE, BatteryRegistry::amperes),
            new Kind("celsius", "temperature", "battery", Unit.CELSIUS, GAUGE, BatteryRegistry::celsius),
            new Kind("level", "level", "battery", Unit.RATIO, GAUGE, BatteryRegistry::level),
            new Kind("charge", "charge", "battery", Unit.COULOMB, GAUGE, BatteryRegistry::chargeCoulombs),
            new Kind("external", "plugged", "usb", Unit.RATIO, GAUGE, BatteryProbes::external),
            new Kind("system_load", "reported_power", "system", Unit.WATT, TELEMETRY, BatteryRegistry::systemLoadWatts),
            new Kind(
                    "system_in", "reported_power", "input", Unit.WATT, TELEMETRY, BatteryRegistry::systemPowerInWatts));

    private BatteryProbes() {}

    private static OptionalDouble external(BatteryRegistry registry) {
        return registry.external().stream().mapToDouble(on -> on ? 1 : 0).findFirst();
    }

    /** The channels that a reading has; empty when it has none. */
    public static Optional<Probe> of(BatteryRegistry registry) {
        List<Kind> there = KINDS.stream()
                .filter(kind -> kind.read().apply(registry).isPresent())
                .toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Probe(
                READER.of(there.stream().map(Kind::key).toList()),
                "",
                there.stream()
                        .map(kind -> new Probe.Column(kind.channel(), new Scale(1)))
                        .toList()));
    }

    /** The value of a key; empty where this reading lacks it. */
    static OptionalDouble value(String key, BatteryRegistry registry) {
        return KINDS.stream()
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .map(kind -> kind.read().apply(registry))
                .orElse(OptionalDouble.empty());
    }

    /** The channel of a key. */
    static Channel channel(String key) {
        return KINDS.stream()
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow()
                .channel();
    }

    /** Of every channel that a reading has. */
    static List<String> keys(BatteryRegistry registry) {
        return KINDS.stream()
                .filter(kind -> kind.read().apply(registry).isPresent())
                .map(Kind::key)
                .toList();
    }
}
