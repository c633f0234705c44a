package dev.melt.virtual.ios.mux;

import dev.melt.virtual.ios.wire.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool's socket, which becomes a connection over a phone's cable. The streams of {@code Channels} will not do: there a read that
 * waits keeps others from writing.
 */
final class MuxWire implements Wire {
    private final SocketChannel socket;
    private final InputStream in = new BufferedInputStream(new In(), 1 << 16);
    private final OutputStream out = new Out();
    private volatile @Nullable Cable cable;

    MuxWire(SocketChannel socket) {
        this.socket = socket;
    }

    /** From now on it goes over a cable. */
    void over(Cable phones) {
        phones.opened(this);
        cable = phones;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // it is gone as it is
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone as it is
        }
        cable().ifPresent(phones -> phones.closed(this));
    }

    private Optional<Cable> cable() {
        return Optional.ofNullable(cable);
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while the cable was stalled");
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = socket.read(ByteBuffer.wrap(into, from, length));
            Optional<Cable> over = cable();
            if (read < 0 || over.isEmpty()) {
                return read;
            }
            try {
                return over.get().arrive(MuxWire.this, read);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                Optional<Cable> over = cable();
                if (over.isPresent()) {
                    over.get().leave(MuxWire.this);
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
            ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
            while (rest.hasRemaining()) {
                socket.write(rest);
            }
        }
    }
}
