package dev.melt.core.problem;

/** Makes text of unknown origin safe to show: a terminal must not obey what a device, a file or a model printed. */
public final class PlainText {
    private PlainText() {}

    /** The text on one line, with every control and bidirectional-override character shown as {@code ?}. */
    public static String oneLine(String text) {
        return replace(text, false);
    }

    /** The same, keeping line feeds and tabs. */
    public static String lines(String text) {
        return replace(text, true);
    }

    private static String replace(String text, boolean keepLines) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> safe.appendCodePoint(isSafe(c) || (keepLines && (c == '\n' || c == '\t')) ? c : '?'));
        return safe.toString();
    }

    private static boolean isSafe(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE;
    }
}
