package dev.melt.core.linux;

import dev.melt.core.linux.RaplDomain.CounterReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the lines about a RAPL counter together. For one text; not thread-safe. */
final class RaplLines {
    private static final Pattern DOMAIN = Pattern.compile("[a-z][a-z-]*(?::\\d{1,4}){1,3}");
    private static final Pattern TIME =
            Pattern.compile("#?\\s*+(?:t\\s*+[=:]\\s*+(\\d{1,12}(?:\\.\\d{1,9})?)|(\\d{9,11}(?:\\.\\d{1,9})?))\\s*+s?");
    private static final Pattern LATER = Pattern.compile("#.*?(\\d{1,9}(?:\\.\\d{1,9})?) ?s later\\b.*");
    private static final Pattern COMMENT = Pattern.compile("# .*");

    private static final class Found {
        private final String folder;
        private Optional<String> name = Optional.empty();
        private OptionalLong range = OptionalLong.empty();
        private final List<CounterReading> readings = new ArrayList<>();

        Found(String folder) {
            this.folder = folder;
        }
    }

    private final Map<String, Found> domains = new LinkedHashMap<>();
    private OptionalDouble t = OptionalDouble.empty();
    private boolean fromZero;
    private long skipped;

    void take(String raw) {
        String line = raw.strip();
        Matcher time = TIME.matcher(line);
        Matcher later = LATER.matcher(line);
        Optional<KernelFile> file = KernelFile.of(line);
        if (time.matches()) {
            t = OptionalDouble.of(Double.parseDouble(time.group(1) == null ? time.group(2) : time.group(1)));
        } else if (later.matches()) {
            fromZero |= t.isEmpty();
            t = OptionalDouble.of(t.orElse(0) + Double.parseDouble(later.group(1)));
        } else if (file.isPresent() && DOMAIN.matcher(file.get().leaf()).matches()) {
            file(file.get());
        } else if (!line.isBlank() && !COMMENT.matcher(line).matches()) {
            skipped++;
        }
    }

    /** The same folder can be reached by several paths; the first of them counts. */
    private void file(KernelFile file) {
        Found found = domains.computeIfAbsent(file.leaf(), id -> new Found(file.folder()));
        if (!found.folder.equals(file.folder())) {
            return;
        }
        OptionalLong number = file.number();
        boolean counter = file.name().equals("energy_uj");
        if (file.name().equals("name") && !file.value().isEmpty()) {
            found.name = Optional.of(file.value());
        } else if (counter || file.name().equals("max_energy_range_uj")) {
            if (number.isEmpty() || number.getAsLong() < 0) {
                skipped++;
            } else if (counter) {
                found.readings.add(new CounterReading(t, number.getAsLong()));
            } else if (number.getAsLong() > 0) {
                found.range = number;
            }
        }
    }

    boolean any() {
        return domains.values().stream().anyMatch(found -> !found.readings.isEmpty());
    }

    boolean anyDomain() {
        return !domains.isEmpty();
    }

    Rapl all() {
        List<RaplDomain> all = new ArrayList<>();
        domains.forEach((id, found) -> {
            if (!found.readings.isEmpty()) {
                all.add(new RaplDomain(
                        id,
                        found.name,
                        found.range,
                        found.readings.stream().map(this::timed).toList()));
            }
        });
        return new Rapl(all, skipped);
    }

    private CounterReading timed(CounterReading reading) {
        return fromZero && reading.t().isEmpty()
                ? new CounterReading(OptionalDouble.of(0), reading.microjoules())
                : reading;
    }
}
