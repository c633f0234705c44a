package dev.melt.ios.parse;

import dev.melt.core.linux.GaugeCurrent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The keys of a battery's entry: its own, and those of its {@code BatteryData} behind them.
 *
 * @param data empty where there is none
 */
record RegistryEntry(PropertyTree own, PropertyTree data) {
    private static final String DATA = "BatteryData";
    private static final String TELEMETRY = "PowerTelemetryData";

    /** By these an entry is known to be one of a battery. */
    private static final Set<String> KEYS = Set.of(
            "InstantAmperage",
            "Amperage",
            "CurrentCapacity",
            DATA,
            TELEMETRY,
            "AppleRawCurrentCapacity",
            "AppleRawMaxCapacity",
            "BatteryInstalled",
            "NominalChargeCapacity",
            "DesignCapacity",
            "AbsoluteCapacity",
            "CycleCount",
            "IsCharging",
            "Voltage",
            "Temperature");

    private static final double COULOMBS = 3.6;
    private static final double MOST_MILLIAMPERES = 20_000;
    private static final long BITS_16 = 1L << 16;
    private static final long BITS_32 = 1L << 32;

    static RegistryEntry of(PropertyTree own) {
        return new RegistryEntry(own, own.child(DATA).orElse(PropertyTree.EMPTY));
    }

    /** Whether a tree is the entry of a battery. */
    static boolean isOne(PropertyTree tree) {
        return tree.values().keySet().stream().anyMatch(KEYS::contains);
    }

    OptionalDouble raw(String key) {
        OptionalDouble first = own.decimal(key);
        return first.isPresent() ? first : data.decimal(key);
    }

    OptionalLong whole(String key) {
        OptionalLong first = own.whole(key);
        return first.isPresent() ? first : data.whole(key);
    }

    Optional<Boolean> flag(String key) {
        return own.flag(key).or(() -> data.flag(key));
    }

    /** Of a number of mAh that is more than none. */
    OptionalDouble coulombs(String key) {
        return raw(key).stream()
                .filter(milliampereHours -> milliampereHours > 0)
                .map(milliampereHours -> milliampereHours * COULOMBS)
                .findFirst();
    }

    /** What a key says of the current, with what that rests on; empty where it says nothing or what no battery can give. */
    Optional<GaugeCurrent> current(String key) {
        OptionalLong raw = whole(key);
        if (raw.isEmpty() || Math.abs(signed(raw.getAsLong())) > MOST_MILLIAMPERES) {
            return Optional.empty();
        }
        return Optional.of(new GaugeCurrent(
                signed(raw.getAsLong()),
                GaugeCurrent.RawUnit.MILLIAMPERE,
                GaugeCurrent.Evidence.SOURCE,
                GaugeCurrent.Sign.NEGATIVE_DISCHARGES,
                GaugeCurrent.Evidence.SOURCE));
    }

    /** Some versions write a negative number as if it had no sign, of 16, 32 or 64 bits; the last is undone already. */
    private static double signed(long number) {
        return signed((long) signed(number, BITS_16), BITS_32);
    }

    private static double signed(long number, long range) {
        return number >= range / 2 && number < range ? (double) (number - range) : (double) number;
    }

    /** What the phone says of its power, in W. */
    OptionalDouble telemetryWatts(String key) {
        PropertyTree tree = own.child(TELEMETRY).or(() -> data.child(TELEMETRY)).orElse(PropertyTree.EMPTY);
        OptionalLong milliwatts = tree.whole(key);
        return milliwatts.isPresent()
                ? OptionalDouble.of(signed(milliwatts.getAsLong(), BITS_32) / 1e3)
                : OptionalDouble.empty();
    }
}
