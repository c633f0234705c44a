package dev.melt.core.workload;

import java.util.Locale;

/** Writes any text as a YAML scalar in double quotes on one line, which reads back as exactly that text. */
final class YamlQuote {
    private YamlQuote() {}

    /** Whether the text consists of whole characters; half of a surrogate pair has no form in UTF-8. */
    static boolean canHold(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    static String of(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        text.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        switch (c) {
            case '"', '\\' -> quoted.append('\\').append((char) c);
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
                if (isPlain(c)) {
                    quoted.appendCodePoint(c);
                } else {
                    quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
                }
            }
        }
    }

    /** Not control characters, nor those that end a line or hide themselves. */
    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && c != 0xFFFE
                && c != 0xFFFF;
    }
}
