package dev.melt.core.accuracy;

import java.util.Locale;

/** Text operations as Python has them, for prompts that have to be those of lm-evaluation-harness to the character. */
final class PythonText {
    private static final char NEXT_LINE = 0x85;

    private PythonText() {}

    /** {@code str.strip}: more is a blank there than for {@link String#strip}. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@code str.capitalize}: the first character in title case, all others in lower case. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first))
                + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    /** {@code len}: in characters, not in Java's units. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
    }
}
