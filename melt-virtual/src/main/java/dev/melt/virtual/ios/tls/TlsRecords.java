package dev.melt.virtual.ios.tls;

import dev.melt.virtual.ios.wire.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record layer of one connection; nothing is read beyond the record that is asked for. One thread reads, one writes. */
final class TlsRecords {
    static final short VERSION = 0x0303;
    static final int CHANGE_CIPHER = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int DATA = 23;
    static final int LARGEST = 1 << 14;

    private static final int LARGEST_SEALED = LARGEST + 2048;

    private final Wire wire;
    private @Nullable TlsCipher reading;
    private @Nullable TlsCipher writing;

    /** What one record held. */
    record Piece(int type, ByteBuffer content) {}

    TlsRecords(Wire wire) {
        this.wire = wire;
    }

    /** From now on what comes is sealed. */
    void readWith(TlsCipher cipher) {
        reading = cipher;
    }

    /** From now on what goes is sealed. */
    void writeWith(TlsCipher cipher) {
        writing = cipher;
    }

    /** The next one; empty when the other side hung up between two. */
    Optional<Piece> read() throws IOException {
        int type = wire.in().read();
        if (type < 0) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(wire.in());
        in.readUnsignedShort();
        int length = in.readUnsignedShort();
        if (length > LARGEST_SEALED || type < CHANGE_CIPHER || type > DATA) {
            throw new IOException("no record of TLS");
        }
        byte[] content = new byte[length];
        in.readFully(content);
        TlsCipher cipher = reading;
        try {
            return Optional.of(new Piece(type, ByteBuffer.wrap(cipher == null ? content : cipher.open(type, content))));
        } catch (GeneralSecurityException e) {
            throw new IOException("a record of TLS that was sealed otherwise", e);
        }
    }

    void write(int type, byte... bytes) throws IOException {
        write(type, bytes, 0, bytes.length);
    }

    synchronized void write(int type, byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length || length == 0; done += LARGEST) {
            int part = Math.min(LARGEST, length - done);
            byte[] content = sealed(type, bytes, from + done, part);
            wire.out()
                    .write(ByteBuffer.allocate(5 + content.length)
                            .put((byte) type)
                            .putShort(VERSION)
                            .putShort((short) content.length)
                            .put(content)
                            .array());
            if (length == 0) {
                return;
            }
        }
    }

    private byte[] sealed(int type, byte[] bytes, int from, int length) throws IOException {
        TlsCipher cipher = writing;
        try {
            return cipher == null
                    ? ByteBuffer.allocate(length).put(bytes, from, length).array()
                    : cipher.seal(type, bytes, from, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("AES is missing from this Java", e);
        }
    }
}
