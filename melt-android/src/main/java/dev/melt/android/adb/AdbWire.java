package dev.melt.android.adb;

import java.io.IOException;

/** An open stream to a service of a device. Reads wait for ever: whoever reads keeps a {@link LinkWatch} beside it. */
interface AdbWire extends AutoCloseable {
    /** As {@link java.io.InputStream#read(byte[], int, int)} does. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Writes all of it, or throws. */
    void write(byte[] from, int offset, int length) throws IOException;

    /** May be called from another thread; whoever reads or writes then fails. */
    @Override
    void close();
}
