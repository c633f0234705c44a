package dev.melt.android.adb;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The block of {@code dumpsys battery} that tells the present state; logs and a maker's own lines that may follow are left out, and
 * of a key that comes twice the first one counts.
 */
record DumpsysBattery(Map<String, String> values) {
    private static final Map<String, String> HEALTH = Map.of(
            "2", "Good", "3", "Overheat", "4", "Dead", "5", "Over voltage", "6", "Unspecified failure", "7", "Cold");

    static final String DISCHARGING = "3";

    DumpsysBattery {
        values = Map.copyOf(values);
    }

    /** Keys in lower case with {@code _} between words, as the agent's poller writes them. */
    static DumpsysBattery parse(String text) {
        TreeMap<String, String> values = new TreeMap<>();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("Current Battery Service state")) {
                inside = true;
            } else if (inside && line.strip().startsWith("[")) {
                break;
            } else if (inside && line.matches("\\s*[A-Za-z][A-Za-z ]*:.*")) {
                int colon = line.indexOf(':');
                String key = line.substring(0, colon)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replace(' ', '_');
                values.putIfAbsent(key, line.substring(colon + 1).strip());
            } else if (inside && !line.isBlank()) {
                break;
            }
        }
        return new DumpsysBattery(values);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    boolean hasNumber(String key) {
        return text(key).filter(value -> value.matches("-?[0-9]{1,12}")).isPresent();
    }

    Optional<String> health() {
        return text("health").map(HEALTH::get);
    }
}
