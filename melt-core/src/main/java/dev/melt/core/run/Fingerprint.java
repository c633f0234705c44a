package dev.melt.core.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hash of everything that can change a number: two trials with the same fingerprint measure the same thing. Made of
 * sorted {@code key=value} lines, so that it does not depend on the order in which they were gathered.
 */
public final class Fingerprint {
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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach((key, value) -> {
                digest.update(escape(key).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '=');
                digest.update(escape(value).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("=", "\\=").replace("\n", "\\n");
    }
}
