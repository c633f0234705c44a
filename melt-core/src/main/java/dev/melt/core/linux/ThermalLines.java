package dev.melt.core.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the lines about a zone together. For one text; not thread-safe. */
final class ThermalLines {
    private static final Pattern ONE_LINE =
            Pattern.compile("(?:thermal_)?(zone|cooling_device)(\\d{1,5})[:\\s]\\s*(.+?)[:\\s]\\s*(-?\\d{1,12})\\s*");
    private static final Pattern FILE = Pattern.compile(
            "(?:.*/)?(?:thermal_)?(zone|cooling_device)(\\d{1,5})/(type|temp|cur_state)[:=]\\s*(.*?)\\s*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}");

    private static final class Found {
        private Optional<String> type = Optional.empty();
        private Optional<Long> value = Optional.empty();
    }

    private final Map<Integer, Found> zones = new TreeMap<>();
    private final Map<Integer, Found> cooling = new TreeMap<>();
    private long skipped;

    void take(String line) {
        Matcher file = FILE.matcher(line);
        Matcher one = ONE_LINE.matcher(line);
        if (file.matches()) {
            file(file);
        } else if (one.matches()) {
            Found found = found(one.group(1), one.group(2));
            found.type = Optional.of(one.group(3));
            found.value = Optional.of(Long.parseLong(one.group(4)));
        } else if (!line.isBlank()) {
            skipped++;
        }
    }

    private void file(Matcher file) {
        String value = file.group(4);
        if (file.group(3).equals("type")) {
            found(file.group(1), file.group(2)).type = Optional.of(value);
        } else if (NUMBER.matcher(value).matches()) {
            found(file.group(1), file.group(2)).value = Optional.of(Long.parseLong(value));
        } else {
            skipped++;
        }
    }

    private Found found(String what, String number) {
        return (what.equals("zone") ? zones : cooling).computeIfAbsent(Integer.parseInt(number), key -> new Found());
    }

    boolean any() {
        return !zones.isEmpty() || !cooling.isEmpty();
    }

    /** A zone that has no type is called by its number; one that nobody may read gives none. */
    ThermalZones all() {
        List<ZoneReading> readings = new ArrayList<>();
        zones.forEach((number, found) -> found.value.ifPresent(
                raw -> readings.add(new ZoneReading(number, found.type.orElse("thermal_zone" + number), raw))));
        List<CoolingState> states = new ArrayList<>();
        cooling.forEach((number, found) -> found.value.ifPresent(
                state -> states.add(new CoolingState(found.type.orElse("cooling_device" + number), state))));
        return new ThermalZones(readings, states, skipped);
    }
}
