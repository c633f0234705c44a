package dev.melt.virtual.ios.wire;

import com.dd.plist.NSDictionary;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Property lists over a connection, each behind its length in four bytes, the highest first. */
public record PlistWire(Wire wire) {
    private static final int LARGEST = 64 << 20;

    /** The next one; empty when the host has ended the connection between two. */
    public Optional<NSDictionary> read() throws IOException {
        int first = wire.in().read();
        if (first < 0) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(wire.in());
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (length < 0 || length > LARGEST) {
            throw new IOException("no message is " + Integer.toUnsignedString(length) + " bytes long");
        }
        byte[] content = new byte[length];
        try {
            in.readFully(content);
        } catch (EOFException e) {
            throw new IOException("the connection ended within a message", e);
        }
        return Optional.of(Plists.parseDict(content));
    }

    /** Sends one. */
    public void write(NSDictionary message) throws IOException {
        byte[] content = Plists.xml(message);
        byte[] frame = ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .array();
        wire.out().write(frame);
    }
}
