package dev.melt.core.remote;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a script says that looks around on a device in one go: {@code F PATH VALUE} for the first line of a file, {@code M PATH} and
 * {@code C NAME} before lines of a file or a command, each of which stands after {@code |}. Words are parted by tabs.
 *
 * @param files path to content
 * @param commands name to output
 */
public record LookText(Map<String, String> files, Map<String, String> commands) {
    private static final Pattern TAB = Pattern.compile("\t");

    public LookText {
        files = Map.copyOf(files);
        commands = Map.copyOf(commands);
    }

    /**
     * Reads it; lines of no known form are left out.
     *
     * @param other is given the words of lines that begin with another letter
     */
    public static LookText parse(String text, Consumer<String[]> other) {
        TreeMap<String, StringBuilder> files = new TreeMap<>();
        TreeMap<String, StringBuilder> commands = new TreeMap<>();
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
            } else {
                other.accept(cells);
            }
        }
        return new LookText(texts(files), texts(commands));
    }

    private static Map<String, String> texts(Map<String, StringBuilder> builders) {
        TreeMap<String, String> texts = new TreeMap<>();
        builders.forEach((key, text) -> texts.put(key, text.toString()));
        return texts;
    }
}
