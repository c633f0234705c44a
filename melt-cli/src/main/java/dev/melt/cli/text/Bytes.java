package dev.melt.cli.text;

import java.util.Locale;

/** Amounts of memory and storage as people read them, in powers of ten as the makers of disks count. */
public final class Bytes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Bytes() {}

    /** Three significant digits or so: {@code 17 B}, {@code 1.5 kB}, {@code 637 MB}. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        boolean fraction = unit > 0 && Math.abs(value) < 99.95;
        return String.format(Locale.ROOT, fraction ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
