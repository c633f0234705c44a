package dev.melt.cli;

import java.util.Map;

/**
 * What the reader of an output is. The launcher script finds it out, because Java 17 can only tell whether input and
 * output are both a terminal.
 *
 * @param columns how many fit on a line; {@link #UNLIMITED} when the reader is a file or a program
 * @param interactive whether lines may be drawn over
 */
public record Terminal(int columns, boolean interactive, boolean color) {
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Keys in a session's environment that hold the columns of standard output and error. */
    static final String OUT = "MELT_TERMINAL_OUT";

    static final String ERR = "MELT_TERMINAL_ERR";

    /** For help texts that go to a file or a program. */
    static final int USUAL_COLUMNS = 100;

    private static final int NARROWEST = 60;

    /** No terminal: a file, a pipe, a test. */
    public static final Terminal NONE = new Terminal(UNLIMITED, false, false);

    public Terminal {
        if (columns < 1) {
            throw new IllegalArgumentException("a terminal has columns, was " + columns);
        }
    }

    /**
     * Reads what the launcher left: the columns when the stream is a terminal (0 where they are unknown), anything else
     * when it is not.
     *
     * @param key {@link #OUT} or {@link #ERR}
     * @param mayColor false after {@code --no-color}
     */
    static Terminal of(String key, Map<String, String> environment, boolean mayColor) {
        String given = environment.getOrDefault(key, "");
        if (!given.matches("[0-9]{1,5}")) {
            return NONE;
        }
        int columns = Integer.parseInt(given);
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean color =
                mayColor && !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(columns == 0 ? USUAL_COLUMNS : Math.max(columns, NARROWEST), !dumb, color);
    }

    /** Columns for running text. */
    int helpColumns() {
        return Math.min(columns, USUAL_COLUMNS);
    }
}
