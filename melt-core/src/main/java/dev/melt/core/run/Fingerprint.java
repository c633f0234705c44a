package dev.melt.core.run;

import dev.melt.core.file.Sha256;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hash of everything that can change a number: two trials with the same fingerprint measure the same thing. Made of
 * sorted {@code key=value} lines, so that it does not depend on the order in which they were gathered.
 */
public final class Fingerprint {
    private static final int DIGITS = 16;

    private final SortedMap<String, String> parts = new TreeMap<>();

    /** Adds a part; a key may be added once. */
    public Fingerprint with(String key, String value) {
        if (parts.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("fingerprint part " + key + " is given twice");
        }
        return this;
    }

    /** The first 16 hexadecimal digits of the SHA-256 over all parts. */
    public String hex() {
        StringBuilder text = new StringBuilder();
        parts.forEach((key, value) ->
                text.append(escape(key)).append('=').append(escape(value)).append('\n'));
        return Sha256.of(text.toString()).substring(0, DIGITS);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("=", "\\=").replace("\n", "\\n");
    }
}
