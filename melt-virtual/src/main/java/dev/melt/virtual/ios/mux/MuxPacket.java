package dev.melt.virtual.ios.mux;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.Plists;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * One message between a tool and usbmuxd: a header of four little-endian words, then a property list.
 *
 * @param tag with which the answer is sent back; 0 for what nobody asked for
 */
record MuxPacket(int version, int tag, NSDictionary content) {
    /** Of the protocol that carries property lists. */
    static final int VERSION = 1;

    private static final int PLIST = 8;
    private static final int HEADER = 16;
    private static final int LARGEST = 1 << 20;

    MuxPacket(int tag, NSDictionary content) {
        this(VERSION, tag, content);
    }

    /** The next one; empty when the tool has hung up. */
    static Optional<MuxPacket> read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] bytes = new byte[HEADER];
        try {
            in.readFully(bytes);
        } catch (EOFException e) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = header.getInt() - HEADER;
        int version = header.getInt();
        int type = header.getInt();
        int tag = header.getInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("no packet of usbmux");
        }
        byte[] content = in.readNBytes(length);
        boolean understood = version == VERSION && type == PLIST;
        return Optional.of(new MuxPacket(version, tag, understood ? Plists.parseDict(content) : new NSDictionary()));
    }

    byte[] bytes() {
        byte[] xml = Plists.xml(content);
        return ByteBuffer.allocate(HEADER + xml.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HEADER + xml.length)
                .putInt(VERSION)
                .putInt(PLIST)
                .putInt(tag)
                .put(xml)
                .array();
    }
}
