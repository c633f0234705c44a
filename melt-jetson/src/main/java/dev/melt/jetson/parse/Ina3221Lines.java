package dev.melt.jetson.parse;

import dev.melt.core.linux.KernelFile;
import dev.melt.jetson.parse.SensorRail.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the lines about an input together. For one text; not thread-safe. */
final class Ina3221Lines {
    private static final Pattern HWMON = Pattern.compile("(in|curr|power)([1-3])_(label|input|max|crit)");
    private static final Pattern IIO = Pattern.compile("(?:rail_name_|in_(power|voltage|current))([0-2])(?:_input)?");
    private static final Pattern COMPLAINT = Pattern.compile("\\s*[a-z]{1,10}: (/\\S+: .*)");
    private static final Pattern COMMENT = Pattern.compile("\\s*#\\s.*");
    private static final Map<String, String> QUANTITIES = Map.of("in", "voltage", "curr", "current", "power", "power");
    private static final double MILLI = 1e3;
    private static final double MICRO = 1e6;

    /** One input; {@code now} has what was read of it in this round. */
    private static final class Input {
        private Optional<String> name = Optional.empty();
        private final Map<String, OptionalDouble> now = new HashMap<>();
        private final List<Reading> readings = new ArrayList<>();
        private OptionalDouble warning = OptionalDouble.empty();
        private OptionalDouble critical = OptionalDouble.empty();

        void end() {
            Reading reading = new Reading(now("voltage"), now("current"), now("power"));
            if (reading.volts().isPresent()
                    || reading.amperes().isPresent()
                    || reading.watts().isPresent()) {
                readings.add(reading);
            }
            now.clear();
        }

        private OptionalDouble now(String quantity) {
            return now.getOrDefault(quantity, OptionalDouble.empty());
        }
    }

    /** One chip; a file that is read again begins its next round. */
    private static final class Chip {
        private final String folder;
        private final Map<Integer, Input> inputs = new TreeMap<>();
        private final Set<String> read = new HashSet<>();

        Chip(String folder) {
            this.folder = folder;
        }

        Input input(String number) {
            return inputs.computeIfAbsent(Integer.parseInt(number), key -> new Input());
        }

        void reads(String file) {
            if (!read.add(file)) {
                inputs.values().forEach(Input::end);
                read.clear();
                read.add(file);
            }
        }
    }

    private final Map<String, Chip> chips = new TreeMap<>();
    private long skipped;

    void take(String line) {
        Matcher complaint = COMPLAINT.matcher(line);
        Optional<KernelFile> file = KernelFile.of(complaint.matches() ? complaint.group(1) : line);
        boolean known = line.isBlank()
                || COMMENT.matcher(line).matches()
                || file.map(this::file).orElse(false);
        skipped += known ? 0 : 1;
    }

    /** False for what cannot be read. The same chip can be reached by several paths; the first of them counts. */
    private boolean file(KernelFile file) {
        Matcher hwmon = HWMON.matcher(file.name());
        Matcher iio = IIO.matcher(file.name());
        if (!hwmon.matches() && !iio.matches()) {
            return !file.folder().isEmpty() && !file.value().isEmpty();
        }
        Chip chip = chips.computeIfAbsent(file.leaf(), leaf -> new Chip(file.folder()));
        if (!chip.folder.equals(file.folder())) {
            return true;
        }
        return hwmon.matches() ? hwmon(chip, hwmon, file) : iio(chip, iio, file);
    }

    private static boolean hwmon(Chip chip, Matcher name, KernelFile file) {
        Input input = chip.input(name.group(2));
        double parts = name.group(1).equals("power") ? MICRO : MILLI;
        switch (name.group(3)) {
            case "label" -> input.name = Optional.of(file.value()).filter(word -> !word.isEmpty());
            case "input" -> {
                return figure(chip, input, QUANTITIES.getOrDefault(name.group(1), ""), file, parts);
            }
            case "max" -> input.warning = name.group(1).equals("curr") ? parted(file, parts) : input.warning;
            default -> input.critical = name.group(1).equals("curr") ? parted(file, parts) : input.critical;
        }
        return true;
    }

    private static boolean iio(Chip chip, Matcher name, KernelFile file) {
        Input input = chip.input(name.group(2));
        if (name.group(1) == null) {
            input.name = Optional.of(file.value()).filter(word -> !word.isEmpty());
            return true;
        }
        return figure(chip, input, name.group(1), file, MILLI);
    }

    /** A file that could not be read has its place in the round. */
    private static boolean figure(Chip chip, Input input, String quantity, KernelFile file, double parts) {
        chip.reads(file.name());
        input.now.put(quantity, parted(file, parts));
        return file.number().isPresent();
    }

    private static OptionalDouble parted(KernelFile file, double parts) {
        OptionalLong number = file.number();
        return number.isPresent() ? OptionalDouble.of(number.getAsLong() / parts) : OptionalDouble.empty();
    }

    /** Those that have a name: of another nobody knows whether anything is connected to it. */
    List<SensorRail> rails() {
        List<SensorRail> rails = new ArrayList<>();
        for (Chip chip : chips.values()) {
            chip.inputs.forEach((number, input) -> {
                input.end();
                input.name.ifPresent(name ->
                        rails.add(new SensorRail(name, chip.folder, input.readings, input.warning, input.critical)));
            });
        }
        return rails;
    }

    /** How many inputs have figures and no name. */
    long unnamed() {
        return chips.values().stream()
                .flatMap(chip -> chip.inputs.values().stream())
                .filter(input -> input.name.isEmpty() && !input.readings.isEmpty())
                .count();
    }

    long skipped() {
        return skipped;
    }
}
