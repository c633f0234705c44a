package dev.melt.android.adb;

import dev.melt.android.parse.DumpsysBattery;
import dev.melt.android.parse.GetProp;
import dev.melt.android.parse.ThermalService;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.sysfs.KernelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code look.sh} found on a device at one moment: kernel files that the shell may read, and what some commands said.
 *
 * @param files path to content
 * @param commands name to output
 * @param gauge readings in the order in which they were taken
 */
record AndroidLook(Map<String, String> files, Map<String, String> commands, List<Reading> gauge)
        implements KernelFiles {
    private static final Pattern TAB = Pattern.compile("\t");

    /** One reading of a fuel gauge, as it stands in its files. */
    record Reading(String supply, long current, OptionalLong chargeCounter) {}

    AndroidLook {
        files = Map.copyOf(files);
        commands = Map.copyOf(commands);
        gauge = List.copyOf(gauge);
    }

    /** Reads what the script printed; lines of no known form are left out. */
    static AndroidLook parse(String text) {
        TreeMap<String, StringBuilder> files = new TreeMap<>();
        TreeMap<String, StringBuilder> commands = new TreeMap<>();
        List<Reading> gauge = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String[] cells = TAB.split(line, -1);
            if (line.startsWith("|")) {
                open.append(line, 1, line.length()).append('\n');
            } else if (line.startsWith("F\t") && cells.length >= 3) {
                files.put(cells[1], new StringBuilder(line.substring(cells[1].length() + 3)));
            } else if (line.startsWith("M\t") && cells.length == 2) {
                open = files.computeIfAbsent(cells[1], path -> new StringBuilder());
            } else if (line.startsWith("C\t") && cells.length == 2) {
                open = commands.computeIfAbsent(cells[1], name -> new StringBuilder());
            } else if (line.startsWith("G\t") && cells.length == 4) {
                reading(cells).ifPresent(gauge::add);
            }
        }
        return new AndroidLook(texts(files), texts(commands), gauge);
    }

    private static Map<String, String> texts(Map<String, StringBuilder> builders) {
        TreeMap<String, String> texts = new TreeMap<>();
        builders.forEach((key, text) -> texts.put(key, text.toString()));
        return texts;
    }

    private static Optional<Reading> reading(String[] cells) {
        String number = "-?[0-9]{1,18}";
        if (!cells[2].matches(number)) {
            return Optional.empty();
        }
        OptionalLong counter =
                cells[3].matches(number) ? OptionalLong.of(Long.parseLong(cells[3])) : OptionalLong.empty();
        return Optional.of(new Reading(cells[1], Long.parseLong(cells[2]), counter));
    }

    /** What a command said; empty when it said nothing. */
    Optional<String> command(String name) {
        return Optional.ofNullable(commands.get(name)).filter(said -> !said.isBlank());
    }

    /** The system's properties; without any where it printed none. */
    GetProp properties() {
        return read("getprop", GetProp::read).orElse(new GetProp(Map.of(), 0));
    }

    /** What the battery service said; empty where there is none, or it said something else. */
    Optional<DumpsysBattery> battery() {
        return read("battery", DumpsysBattery::read);
    }

    /** What the thermal service said; there is none before Android 10. */
    Optional<ThermalService> thermal() {
        return read("thermal", ThermalService::read);
    }

    /** Reads what a command printed. */
    private interface Reader<T> {
        T read(SourceText text) throws UnknownOutputException;
    }

    private <T> Optional<T> read(String command, Reader<T> reader) {
        try {
            Optional<String> said = command(command);
            return said.isPresent() ? Optional.of(reader.read(SourceText.of(said.get()))) : Optional.empty();
        } catch (UnknownOutputException unlike) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public List<String> list(String folder, String form) {
        TreeSet<String> found = new TreeSet<>(ORDER);
        String prefix = folder + "/";
        for (String path : files.keySet()) {
            if (path.startsWith(prefix)) {
                String name = path.substring(prefix.length()).replaceFirst("/.*", "");
                if (name.matches(form)) {
                    found.add(prefix + name);
                }
            }
        }
        return List.copyOf(found);
    }

    @Override
    public boolean isReadable(String path) {
        return files.containsKey(path);
    }

    @Override
    public String onDevice(String path) {
        return path;
    }
}
