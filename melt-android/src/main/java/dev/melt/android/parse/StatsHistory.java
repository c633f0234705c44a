package dev.melt.android.parse;

import dev.melt.core.linux.ZoneReading;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What battery statistics remember, one change after the other: each row says how many milliseconds after the one before it
 * is, some say what time it is. Where a row's milliseconds cannot be read, no time is known until the next that says it.
 * For one text; not thread-safe.
 */
final class StatsHistory {
    private static final Pattern STEP = Pattern.compile("(\\d{1,15})(?::(.*))?");
    private static final Pattern CLOCK = Pattern.compile("(?:.*:)?TIME:(\\d{1,15})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}");

    private final List<StatsPoint> points;
    private final Map<String, String> words = new TreeMap<>();
    private OptionalDouble millis = OptionalDouble.of(0);

    StatsHistory(List<StatsPoint> points) {
        this.points = points;
    }

    Map<String, String> words() {
        return words;
    }

    /** Takes one row's cells; false when one of them could not be read. */
    boolean take(List<String> cells) {
        Matcher step = STEP.matcher(cells.get(0));
        if (!step.matches()) {
            millis = OptionalDouble.empty();
            words.put("clock_lost", "true");
            return false;
        }
        if (millis.isPresent()) {
            millis = OptionalDouble.of(millis.getAsDouble() + Double.parseDouble(step.group(1)));
        }
        words.putIfAbsent("clock", "since the first row");
        Matcher clock = CLOCK.matcher(step.group(2) == null ? "" : step.group(2));
        if (clock.matches()) {
            millis = OptionalDouble.of(Double.parseDouble(clock.group(1)));
            words.put("clock", "since 1970");
        }
        boolean whole = true;
        for (String token : cells.subList(1, cells.size())) {
            whole &= token(token);
        }
        return whole;
    }

    private boolean token(String token) {
        switch (token) {
            case "+r", "-r" -> point("state/cpu-running", Unit.RATIO, token.startsWith("+") ? 1 : 0);
            case "+S", "-S" -> point("state/screen-on", Unit.RATIO, token.startsWith("+") ? 1 : 0);
            default -> {
                int equals = token.indexOf('=');
                return equals < 0 || figure(token.substring(0, equals), token.substring(equals + 1));
            }
        }
        return true;
    }

    private boolean figure(String key, String text) {
        boolean asked = List.of("Bl", "Bt", "Bv", "Bcc").contains(key);
        if (!asked || !NUMBER.matcher(text).matches()) {
            return !asked;
        }
        double raw = Double.parseDouble(text);
        switch (key) {
            case "Bl" -> {
                if (raw < 0 || raw > 100) {
                    return false;
                }
                point("level/battery", Unit.RATIO, raw / 100);
            }
            case "Bt" -> {
                if (!ZoneReading.isCredible(raw / 10)) {
                    return false;
                }
                point("temperature/battery", Unit.CELSIUS, raw / 10);
            }
            case "Bv" -> point("voltage/battery", Unit.VOLT, raw / 1e3);
            default -> point("charge/battery", Unit.COULOMB, raw * 36 / 1e4);
        }
        return true;
    }

    private void point(String channel, Unit unit, double value) {
        OptionalDouble t = millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() / 1e3) : millis;
        points.add(new StatsPoint(channel, unit, value, t));
    }
}
