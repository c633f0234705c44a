package dev.melt.core.report;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Numbers as the shortest decimal text that reads back as the same number; the same bytes in every locale and on every
 * Java, which {@link Double#toString} is not before Java 19.
 */
final class Decimal {
    /** Room that one number takes at the most. */
    static final int LONGEST = 32;

    /** Below it every whole number, and its product with a power of ten that stays below, is exact. */
    private static final double EXACT = 1L << 53;

    private static final double SMALLEST_PLAIN = 1e-6;

    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private Decimal() {}

    static String text(double value) {
        byte[] out = new byte[LONGEST];
        return new String(out, 0, write(value, out, 0), US_ASCII);
    }

    /** Writes it and returns where it ends. */
    static int write(double value, byte[] out, int at) {
        double size = Math.abs(value);
        if (size < EXACT && (size >= SMALLEST_PLAIN || value == 0)) {
            for (int places = 0; places < POWERS.length; places++) {
                // both operands of the division are exact, so its result is what a reader of the text gets
                double digits = Math.rint(size * POWERS[places]);
                if (digits >= EXACT) {
                    break;
                }
                if (digits / POWERS[places] == size) {
                    return plain(1 / value < 0, (long) digits, places, out, at);
                }
            }
        }
        byte[] text = NumberOutput.toString(value, true).getBytes(US_ASCII);
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }

    static int write(long value, byte[] out, int at) {
        if (value == Long.MIN_VALUE) {
            byte[] text = Long.toString(value).getBytes(US_ASCII);
            System.arraycopy(text, 0, out, at, text.length);
            return at + text.length;
        }
        return plain(value < 0, Math.abs(value), 0, out, at);
    }

    private static int plain(boolean negative, long digits, int places, byte[] out, int at) {
        int start = at;
        if (negative) {
            out[start++] = '-';
        }
        int length = Math.max(length(digits), places + 1);
        int end = start + length + (places > 0 ? 1 : 0);
        long rest = digits;
        int position = end;
        for (int place = 0; place < length; place++) {
            if (place == places && places > 0) {
                out[--position] = '.';
            }
            out[--position] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static int length(long digits) {
        int length = 1;
        for (long rest = digits / 10; rest > 0; rest /= 10) {
            length++;
        }
        return length;
    }
}
