package dev.melt.engines.opprofile;

/** Reads numbers out of bytes from left to right. A number that is not there, or is too large, makes it fail. */
final class Cursor {
    /** An operator does not run for longer; what claims to is damaged. */
    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    private static final long LARGEST = 1_000_000_000_000_000L;
    private static final int NANOS_PER_MILLI_DIGITS = 6;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean failed;

    Cursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean ok() {
        return !failed;
    }

    int at() {
        return at;
    }

    void blanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** Passes over this byte, which may have blanks in front. */
    void expect(char wanted) {
        blanks();
        if (at < end && bytes[at] == wanted) {
            at++;
        } else {
            failed = true;
        }
    }

    /** Passes over everything up to and with this byte. */
    void skipPast(char wanted) {
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        expect(wanted);
    }

    /** Passes over what stands up to the next blank. */
    void word() {
        blanks();
        int start = at;
        while (at < end && bytes[at] != ' ' && bytes[at] != '\t') {
            at++;
        }
        failed |= at == start;
    }

    /** A whole number with blanks in front. */
    long whole() {
        blanks();
        int start = at;
        long value = 0;
        while (at < end && isDigit(bytes[at]) && value < LARGEST) {
            value = 10 * value + bytes[at++] - '0';
        }
        failed |= at == start || value >= LARGEST;
        return value;
    }

    /** Milliseconds with a decimal point or comma, as nanoseconds; what is finer is rounded. */
    long millis() {
        long nanos = whole() * NANOS_PER_MILLI;
        if (at < end && (bytes[at] == '.' || bytes[at] == ',')) {
            at++;
            long unit = NANOS_PER_MILLI;
            for (int digit = 0; at < end && isDigit(bytes[at]); digit++, at++) {
                unit /= 10;
                if (digit < NANOS_PER_MILLI_DIGITS) {
                    nanos += unit * (bytes[at] - '0');
                } else if (digit == NANOS_PER_MILLI_DIGITS && bytes[at] >= '5') {
                    nanos++;
                }
            }
        }
        failed |= nanos < 0 || nanos > LONGEST_NANOS || (at < end && (bytes[at] == 'e' || bytes[at] == 'E'));
        return nanos;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
