package dev.melt.android.adb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** What a command is fed with, in pieces whose length is known before they are written. Used once, by one thread. */
interface FeedInput {
    /** Nothing at all. */
    FeedInput NONE = of(new byte[0]);

    /** How long the next piece is; 0 at the end. */
    int next(int most) throws IOException;

    /** Writes the piece that {@link #next} told of, a head before it: small ones go in one go with it. */
    void write(AdbWire wire, byte[] head, int length) throws IOException;

    /** Bytes. */
    static FeedInput of(byte[] bytes) {
        return new FeedInput() {
            private int at;

            @Override
            public int next(int most) {
                return Math.min(most, bytes.length - at);
            }

            @Override
            public void write(AdbWire wire, byte[] head, int length) throws IOException {
                byte[] whole = Arrays.copyOf(head, head.length + length);
                System.arraycopy(bytes, at, whole, head.length, length);
                wire.write(whole, 0, whole.length);
                at += length;
            }
        };
    }

    /** A file from a place on. One that becomes shorter meanwhile ends there. */
    static FeedInput of(FileChannel file, long from) {
        return new FeedInput() {
            private long at = from;

            @Override
            public int next(int most) throws IOException {
                return (int) Math.max(0, Math.min(most, file.size() - at));
            }

            @Override
            public void write(AdbWire wire, byte[] head, int length) throws IOException {
                wire.write(head, 0, head.length);
                wire.write(file, at, length);
                at += length;
            }
        };
    }
}
