package dev.melt.android.adb;

import dev.melt.core.remote.PortRelay;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open stream to a service of a device. Reads wait for ever: whoever reads keeps a {@link dev.melt.core.remote.LinkWatch} beside it. */
interface AdbWire extends PortRelay.Wire {
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
}
