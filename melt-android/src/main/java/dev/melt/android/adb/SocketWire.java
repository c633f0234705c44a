package dev.melt.android.adb;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** A stream that is a socket. The kernel copies what comes from files; no byte of them passes through this program. */
record SocketWire(SocketChannel channel) implements AdbWire {
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return channel.socket().getInputStream().read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        channel.socket().getOutputStream().write(from, offset, length);
    }

    @Override
    public void write(FileChannel from, long position, int length) throws IOException {
        int done = 0;
        while (done < length) {
            long n = from.transferTo(position + done, length - done, channel);
            if (n <= 0) {
                throw new EOFException("the file became shorter while it was copied");
            }
            done += (int) n;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
