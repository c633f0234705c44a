package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * One folder of {@code /sys/class/power_supply}: a battery, its gauge, or a charger.
 *
 * @param name of the folder; empty where the text does not tell
 * @param properties as the driver writes them, by name in capital letters, without {@code POWER_SUPPLY_}
 */
public record PowerSupply(Optional<String> name, Map<String, String> properties) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
    private static final String CURRENT = "CURRENT_NOW";
    private static final String BATTERY = "battery";

    public PowerSupply {
        requireNonNull(name, "name");
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** What channels call it: {@code battery} where nothing else is known. */
    public String site() {
        return name.map(word -> word.equalsIgnoreCase(BATTERY) ? BATTERY : word).orElse(BATTERY);
    }

    public Optional<String> word(String property) {
        return Optional.ofNullable(properties.get(property)).filter(word -> !word.isEmpty());
    }

    /** A property as the driver writes it. */
    public OptionalDouble number(String property) {
        return word(property).filter(word -> NUMBER.matcher(word).matches()).stream()
                .mapToDouble(Double::parseDouble)
                .findFirst();
    }

    /** Whether it is a battery and no charger, as far as it tells. */
    public boolean isBattery() {
        return word("TYPE").map("Battery"::equals).orElse(!site().matches("usb|ac|wireless|dc|pc_port|main"));
    }

    /** Its current with what that rests on; empty for a charger, whose sign means nothing. */
    public Optional<GaugeCurrent> current() {
        OptionalDouble raw = number(CURRENT);
        return raw.isPresent() && isBattery()
                ? Optional.of(GaugeCurrent.ofSupply(raw.getAsDouble(), site(), word("STATUS")))
                : Optional.empty();
    }

    /** Numbers that are none. */
    long damaged() {
        return properties.keySet().stream()
                .filter(key -> key.equals(CURRENT)
                        || key.equals("CURRENT_AVG")
                        || SupplyProperty.named(key).isPresent())
                .filter(key -> word(key).isPresent() && number(key).isEmpty())
                .count();
    }

    void writeTo(TelemetryBuilder out, String prefix) {
        for (String key : properties.keySet()) {
            Optional<SupplyProperty> property = SupplyProperty.named(key);
            if (property.isPresent()) {
                number(key).ifPresent(raw -> write(out, property.get(), raw));
            } else if (!key.startsWith("CURRENT_")) {
                word(key).ifPresent(word -> out.fact(prefix + key.toLowerCase(Locale.ROOT), word));
            }
        }
        current().ifPresent(current -> current.writeTo(out, "current/" + site(), prefix));
        if (!isBattery()) {
            number(CURRENT).ifPresent(raw -> out.sample("current/" + site(), Unit.AMPERE, raw / 1e6));
        }
        number("CURRENT_AVG").ifPresent(raw -> out.fact(prefix + "current_avg.raw", Double.toString(raw)));
        word("CHARGE_DISABLE").ifPresent(word -> out.fact(prefix + "charging_disabled", word.equals("1")));
    }

    private void write(TelemetryBuilder out, SupplyProperty property, double raw) {
        String channel = property.quantity + "/" + site();
        OptionalDouble value = property.credible(raw);
        if (value.isPresent()) {
            out.sample(channel, property.unit, value.getAsDouble());
        } else {
            out.leftOut(channel, property.unit, property.si(raw), "what a driver says that cannot measure it");
        }
    }
}
