package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's power supplies ({@code /sys/class/power_supply}), as far as a text holds them. */
public record PowerSupplies(List<PowerSupply> supplies, long skipped) implements TelemetryRecord {
    private static final Pattern PROPERTY = Pattern.compile("\\s*(?:POWER_SUPPLY_)?([A-Z][A-Z0-9_]*)=(.*?)\\s*");
    private static final Pattern FILE = Pattern.compile(".*power_supply/([^/]+)/([a-z0-9_]+):\\s*(.*?)\\s*");
    private static final Pattern HEADING = Pattern.compile(".*power_supply/([^/:]+)/?(?:uevent)?:?(?: <==)?\\s*");

    public PowerSupplies {
        supplies = List.copyOf(supplies);
    }

    /**
     * Reads {@code uevent} files, several one after the other too, or single files as {@code grep . PATHS} prints them.
     *
     * @throws UnknownOutputException for anything else, and for a text that breaks off
     */
    public static PowerSupplies read(SourceText text) throws UnknownOutputException {
        Collector collector = new Collector();
        for (int i = 0; i < text.lines().size(); i++) {
            collector.take(text.lines().get(i));
            if (text.cutIn(i) && collector.any()) {
                throw text.cutOff("whole lines");
            }
        }
        List<PowerSupply> all = collector.all();
        boolean known = all.stream().anyMatch(PowerSupplies::says);
        if (!known) {
            throw text.unlike("POWER_SUPPLY_STATUS=, POWER_SUPPLY_ONLINE= or a reading of a power supply");
        }
        return new PowerSupplies(
                all,
                collector.skipped + all.stream().mapToLong(PowerSupply::damaged).sum());
    }

    private static boolean says(PowerSupply supply) {
        return supply.properties().keySet().stream()
                .anyMatch(key -> SupplyProperty.named(key).isPresent()
                        || key.equals("STATUS")
                        || key.equals("ONLINE")
                        || key.equals("CURRENT_NOW"));
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        for (PowerSupply supply : supplies) {
            supply.writeTo(out, supplies.size() == 1 ? "" : supply.site() + ".");
        }
        out.skipped(skipped);
    }

    private static final class Collector {
        private final List<PowerSupply> done = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private Optional<String> name = Optional.empty();
        private long skipped;

        void take(String line) {
            Matcher property = PROPERTY.matcher(line);
            Matcher file = FILE.matcher(line);
            Matcher heading = HEADING.matcher(line);
            if (property.matches()) {
                property(property.group(1), property.group(2));
            } else if (file.matches() && !file.group(3).isEmpty()) {
                begin(file.group(1));
                properties.putIfAbsent(file.group(2).toUpperCase(Locale.ROOT), file.group(3));
            } else if (heading.matches()) {
                begin(heading.group(1));
            } else if (!line.isBlank()) {
                skipped++;
            }
        }

        private void property(String key, String value) {
            if (key.equals("NAME")) {
                begin(value);
            } else {
                properties.putIfAbsent(key, value);
            }
        }

        /** What came before without a name belongs to this one, unless it has one of its own. */
        private void begin(String supply) {
            if (name.isPresent() && !name.get().equals(supply)) {
                end();
            }
            name = Optional.of(supply);
        }

        private void end() {
            if (!properties.isEmpty()) {
                done.add(new PowerSupply(name, properties));
                properties.clear();
            }
        }

        boolean any() {
            return !properties.isEmpty() || !done.isEmpty();
        }

        List<PowerSupply> all() {
            end();
            return List.copyOf(done);
        }
    }
}
