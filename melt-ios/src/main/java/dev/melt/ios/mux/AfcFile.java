package dev.melt.ios.mux;

import dev.melt.core.device.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An open file of a phone. Used by one thread, and by none after {@link #close}. */
final class AfcFile implements AutoCloseable {
    static final long FOR_READING = 1;
    static final long FOR_CHANGING = 2;
    static final long FOR_WRITING_ANEW = 3;

    private static final int OPEN = 13;
    private static final int READ = 15;
    private static final int WRITE = 16;
    private static final int SEEK = 17;
    private static final int CLOSE = 20;

    private final AfcWire wire;
    private final String path;
    private final long number;

    private AfcFile(AfcWire wire, String path, long number) {
        this.wire = wire;
        this.path = path;
        this.number = number;
    }

    /** @param mode one of those above */
    static AfcFile open(AfcWire wire, String path, long mode) {
        byte[] name = AfcWire.path(path);
        byte[] arguments = ByteBuffer.allocate(Long.BYTES + name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(mode)
                .put(name)
                .array();
        byte[] handle = wire.ask("open " + path, OPEN, arguments, AfcWire.OPENED);
        return new AfcFile(wire, path, AfcWire.little(handle).getLong());
    }

    /** Up to so many bytes from where it stands; none at the end. */
    byte[] read(int most) {
        return wire.ask("read " + path, READ, numbers(number, most), AfcWire.DATA);
    }

    void write(byte[] bytes, int length) {
        wire.ask("write " + path, WRITE, numbers(number), bytes, length, AfcWire.STATUS);
    }

    void seek(long to) {
        wire.ask("go to " + to + " in " + path, SEEK, numbers(number, 0, to), AfcWire.STATUS);
    }

    @Override
    public void close() {
        try {
            wire.ask("close " + path, CLOSE, numbers(number), AfcWire.STATUS);
        } catch (DeviceException gone) {
            // the phone closes what a lost connection had open
        }
    }

    private static byte[] numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long one : numbers) {
            bytes.putLong(one);
        }
        return bytes.array();
    }
}
