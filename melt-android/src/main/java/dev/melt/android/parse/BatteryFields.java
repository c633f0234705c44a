package dev.melt.android.parse;

import dev.melt.core.linux.GaugeCurrent;
import dev.melt.core.linux.GaugeCurrent.Evidence;
import dev.melt.core.linux.GaugeCurrent.RawUnit;
import dev.melt.core.linux.GaugeCurrent.Sign;
import dev.melt.core.linux.ZoneReading;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Android's battery service says at one moment.
 *
 * @param words as printed, by key in small letters; the first of a key counts
 */
public record BatteryFields(Map<String, String> words) {
    static final String STATUS = "status";
    static final String VOLTAGE = "voltage";
    static final String TEMPERATURE = "temperature";
    private static final List<String> CURRENT = List.of("current now", "current_now");
    private static final Set<String> NUMBERS = Set.of(
            STATUS,
            VOLTAGE,
            TEMPERATURE,
            "health",
            "level",
            "scale",
            "charge counter",
            "max charging current",
            "max charging voltage",
            "current now",
            "current_now");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}");
    private static final Pattern SAMSUNG = Pattern.compile("msec.*|batterymiscevent|led charging|batteryswself.*");
    private static final double LEAST_MICRO_AMPERE_HOURS = 10_000;
    private static final List<String> HEALTH =
            List.of("unknown", "unknown", "good", "overheat", "dead", "over voltage", "unspecified failure", "cold");

    /** No phone moves 20 A: a larger number is in microamperes. */
    private static final double MOST_MILLIAMPERES = 20_000;

    public BatteryFields {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    OptionalDouble number(String key) {
        return Optional.ofNullable(words.get(key))
                .filter(word -> NUMBER.matcher(word).matches())
                .stream()
                .mapToDouble(Double::parseDouble)
                .findFirst();
    }

    /** Numbers that are none. */
    long damaged() {
        return NUMBERS.stream()
                .filter(key -> words.containsKey(key) && number(key).isEmpty())
                .count();
    }

    Optional<BatteryStatus> status() {
        OptionalDouble number = number(STATUS);
        return number.isPresent() ? Optional.of(BatteryStatus.of(number.getAsDouble())) : Optional.empty();
    }

    /** Where power can come in. */
    List<String> powerInputs() {
        return words.entrySet().stream()
                .filter(word -> word.getKey().matches("[a-z]+ powered")
                        && word.getValue().matches("true|false"))
                .map(word -> word.getKey().substring(0, word.getKey().indexOf(' ')))
                .toList();
    }

    /** Where power comes in, joined by {@code +}; {@code none} where each is said to be off; empty where nothing is said. */
    Optional<String> plugged() {
        List<String> sources =
                words.keySet().stream().filter(key -> key.endsWith(" powered")).toList();
        String on = String.join(
                "+",
                sources.stream()
                        .filter(key -> "true".equals(words.get(key)))
                        .map(key -> key.substring(0, key.indexOf(' ')))
                        .toList());
        return sources.isEmpty() ? Optional.empty() : Optional.of(on.isEmpty() ? "none" : on);
    }

    /** Milliamperes in every build that is known to print it; the sign is known of Samsung, or when the battery is discharged. */
    Optional<GaugeCurrent> current() {
        for (String key : CURRENT) {
            OptionalDouble raw = number(key);
            if (raw.isPresent()) {
                return Optional.of(current(raw.getAsDouble()));
            }
        }
        return Optional.empty();
    }

    private GaugeCurrent current(double raw) {
        boolean micro = Math.abs(raw) >= MOST_MILLIAMPERES;
        RawUnit unit = micro ? RawUnit.MICROAMPERE : RawUnit.MILLIAMPERE;
        Evidence unitEvidence = micro ? Evidence.SIZE : Evidence.SOURCE;
        if (words.keySet().stream().anyMatch(key -> SAMSUNG.matcher(key).matches())) {
            return new GaugeCurrent(raw, unit, unitEvidence, Sign.NEGATIVE_DISCHARGES, Evidence.SOURCE);
        }
        if (status().filter(status -> status == BatteryStatus.DISCHARGING).isPresent() && raw != 0) {
            Sign sign = raw < 0 ? Sign.NEGATIVE_DISCHARGES : Sign.POSITIVE_DISCHARGES;
            return new GaugeCurrent(raw, unit, unitEvidence, sign, Evidence.STATUS);
        }
        return new GaugeCurrent(raw, unit, unitEvidence, Sign.UNSETTLED, Evidence.NONE);
    }

    /** 0 to 1; empty where it is no share. */
    OptionalDouble level() {
        OptionalDouble level = number("level");
        double scale = number("scale").orElse(100);
        return level.isPresent() && scale > 0 && level.getAsDouble() >= 0 && level.getAsDouble() <= scale
                ? OptionalDouble.of(level.getAsDouble() / scale)
                : OptionalDouble.empty();
    }

    /** In V, from volts, millivolts or microvolts, told apart by their size. */
    OptionalDouble volts() {
        OptionalDouble raw = number(VOLTAGE);
        if (raw.isEmpty() || raw.getAsDouble() <= 0) {
            return OptionalDouble.empty();
        }
        double value = raw.getAsDouble();
        return OptionalDouble.of(value < 100 ? value : value > 100_000 ? value / 1e6 : value / 1e3);
    }

    /** In C; empty on devices that have no counter and show 0 or some small number. */
    OptionalDouble coulombs() {
        OptionalDouble raw = number("charge counter");
        return raw.isPresent() && raw.getAsDouble() >= LEAST_MICRO_AMPERE_HOURS
                ? OptionalDouble.of(raw.getAsDouble() * 36 / 1e4)
                : OptionalDouble.empty();
    }

    Optional<String> health() {
        OptionalDouble number = number("health");
        int index = (int) number.orElse(-1);
        return index > 0 && index < HEALTH.size() ? Optional.of(HEALTH.get(index)) : Optional.empty();
    }

    void writeSamples(TelemetryBuilder out, OptionalDouble t) {
        level().ifPresent(value -> out.sample("level/battery", Unit.RATIO, value, t));
        volts().ifPresent(value -> out.sample("voltage/battery", Unit.VOLT, value, t));
        number(TEMPERATURE).ifPresent(raw -> temperature(out, raw / 10, t));
        coulombs().ifPresent(value -> out.sample("charge/battery", Unit.COULOMB, value, t));
        if (coulombs().isEmpty()) {
            number("charge counter")
                    .ifPresent(raw ->
                            out.leftOut("charge/battery", Unit.COULOMB, raw * 36 / 1e4, "no counter shows so little"));
        }
        number("max charging current")
                .ifPresent(raw -> out.sample("current_limit/charging", Unit.AMPERE, raw / 1e6, t));
        number("max charging voltage").ifPresent(raw -> out.sample("voltage_limit/charging", Unit.VOLT, raw / 1e6, t));
    }

    private static void temperature(TelemetryBuilder out, double celsius, OptionalDouble t) {
        if (ZoneReading.isCredible(celsius)) {
            out.sample("temperature/battery", Unit.CELSIUS, celsius, t);
        } else {
            out.leftOut("temperature/battery", Unit.CELSIUS, celsius, "no battery has it");
        }
    }
}
