package dev.melt.core.agent;

import java.util.List;
import java.util.stream.Collectors;

/** The one place in which text is made safe for a POSIX shell. */
public final class ShellQuoting {
    private static final String SAFE = "[A-Za-z0-9_@%+=:,./-]+";

    private ShellQuoting() {}

    /**
     * One word that a shell reads back as exactly {@code word}, whatever is in it.
     *
     * @throws IllegalArgumentException when there is a NUL in it, which no argument can hold
     */
    public static String quote(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an argument cannot hold a NUL character");
        }
        return word.matches(SAFE) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A command line from an argument array. */
    public static String quote(List<String> words) {
        return words.stream().map(ShellQuoting::quote).collect(Collectors.joining(" "));
    }
}
