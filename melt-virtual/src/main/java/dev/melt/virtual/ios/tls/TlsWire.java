package dev.melt.virtual.ios.tls;

import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A connection inside TLS. It ends for the reader when the host says so, which is answered; the connection below it is then as it was
 * before.
 */
public final class TlsWire implements Wire {
    private static final byte WARNING = 1;
    private static final byte CLOSE_NOTIFY = 0;

    private final Wire plain;
    private final TlsRecords records;
    private final InputStream in = new In();
    private final OutputStream out = new Out();

    private TlsWire(Wire plain, TlsRecords records) {
        this.plain = plain;
        this.records = records;
    }

    /**
     * Does the handshake with a host that begins one.
     *
     * @throws IOException when it fails: the host is not one that is trusted, or what it sent is no TLS
     */
    public static TlsWire accept(Wire plain, TlsIdentity identity) throws IOException {
        TlsRecords records = new TlsRecords(plain);
        new TlsHandshake(records, identity).run();
        return new TlsWire(plain, records);
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
        plain.finish();
    }

    /** Closes the connection below it too. */
    @Override
    public void close() {
        plain.close();
    }

    private final class In extends InputStream {
        private ByteBuffer piece = ByteBuffer.allocate(0);
        private boolean ended;

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
            while (!piece.hasRemaining()) {
                if (ended || !next()) {
                    return -1;
                }
            }
            int part = Math.min(length, piece.remaining());
            piece.get(into, from, part);
            return part;
        }

        @Override
        public int available() {
            return piece.remaining();
        }

        private boolean next() throws IOException {
            Optional<TlsRecords.Piece> read = records.read();
            if (read.isEmpty()) {
                ended = true;
                return false;
            }
            TlsRecords.Piece found = read.get();
            if (found.type() == TlsRecords.ALERT) {
                ended = true;
                records.write(TlsRecords.ALERT, WARNING, CLOSE_NOTIFY);
                return false;
            }
            if (found.type() != TlsRecords.DATA) {
                throw new IOException("a record of type " + found.type() + " within the data");
            }
            piece = found.content();
            return true;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            records.write(TlsRecords.DATA, (byte) one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                records.write(TlsRecords.DATA, bytes, from, length);
            }
        }
    }
}
