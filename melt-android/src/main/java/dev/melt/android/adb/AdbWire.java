package dev.melt.android.adb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open stream to a service of a device. Reads wait for ever: whoever reads keeps a {@link LinkWatch} beside it. */
interface AdbWire extends AutoCloseable {
    /** As {@link java.io.InputStream#read(byte[], int, int)} does. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Writes all of it, or throws. */
    void write(byte[] from, int offset, int length) throws IOException;

    /** Writes a part of a file, or throws; a file that ends before is a fault of the file's. */
    default void write(FileChannel from, long position, int length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(length);
        while (piece.hasRemaining()) {
            if (from.read(piece, position + piece.position()) < 0) {
                throw new EOFException("the file became shorter while it was copied");
            }
        }
        write(piece.array(), 0, length);
    }

    /** May be called from another thread; whoever reads or writes then fails. */
    @Override
    void close();
}
