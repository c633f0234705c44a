package dev.melt.core.remote;

import java.util.List;
import java.util.OptionalLong;

/** The room that {@code df -k FOLDER} tells, in the shapes of toybox, of coreutils and of old toolbox. */
public final class FreeSpace {
    private static final long KILO = 1024;

    private FreeSpace() {}

    /** Free bytes; empty where no line has a shape that is known. */
    public static OptionalLong of(String df) {
        return column(df, 3, "Free");
    }

    /** Bytes in all. */
    public static OptionalLong total(String df) {
        return column(df, 1, "Size");
    }

    /** A long device name may stand on a line of its own, so that words are counted from the mount point at the end. */
    private static OptionalLong column(String df, int number, String toolboxHead) {
        List<String> lines = df.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size() - 1; i++) {
            if (lines.get(i).startsWith("Filesystem") && lines.get(i).contains("1")) {
                String row = String.join(" ", lines.subList(i + 1, lines.size()));
                String[] words = row.replaceFirst("^\\S+\\s+", "").split("\\s+", -1);
                return words.length >= 4 ? kilobytes(words[number - 1]) : OptionalLong.empty();
            }
            if (lines.get(i).startsWith("Filesystem") && lines.get(i).contains(toolboxHead)) {
                String[] words = lines.get(i + 1).split("\\s+", -1);
                return words.length > number ? suffixed(words[number]) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong kilobytes(String word) {
        return word.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(word) * KILO) : OptionalLong.empty();
    }

    private static OptionalLong suffixed(String word) {
        if (!word.matches("[0-9]{1,12}(\\.[0-9])?[KMGT]?")) {
            return OptionalLong.empty();
        }
        int power = "KMGT".indexOf(word.charAt(word.length() - 1)) + 1;
        double number = Double.parseDouble(power == 0 ? word : word.substring(0, word.length() - 1));
        return OptionalLong.of((long) (number * Math.pow(KILO, power)));
    }
}
