package dev.melt.jetson.ssh;

import java.util.Locale;

/**
 * A command line that every login shell hands to {@code sh} as it is, those of csh and fish too: within single quotes csh looks for
 * {@code !} and for ends of lines, fish for backslashes.
 */
final class AnyShell {
    private static final String SPECIAL = "'\\!%\n\r";
    private static final String DECODING = "sh -c 'T=$(printf \"$1\"); shift; eval \"$T\"' sh '";

    private AnyShell() {}

    /** Lets {@code sh} run a script. */
    static String running(String script) {
        StringBuilder line = new StringBuilder(DECODING);
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            line.append(SPECIAL.indexOf(c) < 0 ? String.valueOf(c) : String.format(Locale.ROOT, "\\%03o", (int) c));
        }
        return line.append('\'').toString();
    }
}
