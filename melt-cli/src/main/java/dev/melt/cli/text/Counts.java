package dev.melt.cli.text;

import java.util.Locale;

/** Large numbers of things as people read them: {@code 15.2 M}, {@code 1.10 B}; with B for 10⁹, as models are called. */
public final class Counts {
    private static final String[] UNITS = {"", " k", " M", " B", " T"};

    private Counts() {}

    /** Three significant digits. */
    public static String text(long count) {
        double value = count;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String form = unit == 0 || Math.abs(value) >= 99.95 ? "%.0f%s" : Math.abs(value) >= 9.995 ? "%.1f%s" : "%.2f%s";
        return String.format(Locale.ROOT, form, value, UNITS[unit]);
    }
}
