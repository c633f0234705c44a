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

    private static final int BILLION_DIGITS = 9;
    private static final long BILLION = 1_000_000_000;
    private static final int LONG_DIGITS = 19;

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
                double digits = rounded(size * POWERS[places]);
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

    /** What {@link Math#rint} does, but for halves, at a quarter of its time; above 2^52 there are no fractions. */
    private static double rounded(double size) {
        return size < EXACT / 2 ? (long) (size + 0.5) : size;
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
        if (places == 0) {
            return whole(digits, length, out, start);
        }
        int point = start + length - places;
        whole(digits, length, out, start);
        System.arraycopy(out, point, out, point + 1, places);
        out[point] = '.';
        return start + length + 1;
    }

    /** In halves that fit an int: the division of a long takes several times as long until the code is hot. */
    private static int whole(long digits, int length, byte[] out, int at) {
        int end = at + length;
        int position = end;
        long rest = digits;
        while (rest > Integer.MAX_VALUE) {
            long high = rest / BILLION;
            position = fill((int) (rest - high * BILLION), position - BILLION_DIGITS, position, out);
            rest = high;
        }
        fill((int) rest, at, position, out);
        return end;
    }

    /** Fills the places from {@code from} up to {@code to}, with zeros in front; returns {@code from}. */
    private static int fill(int digits, int from, int to, byte[] out) {
        int rest = digits;
        for (int position = to - 1; position >= from; position--) {
            int tenth = rest / 10;
            out[position] = (byte) ('0' + rest - 10 * tenth);
            rest = tenth;
        }
        return from;
    }

    private static int length(long digits) {
        int length = 1;
        for (long power = 10; length < LONG_DIGITS && digits >= power; power *= 10) {
            length++;
        }
        return length;
    }
}
