package dev.melt.virtual.adb;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One packet of the transport: six little-endian words, then data (AOSP packages/modules/adb/protocol.txt).
 *
 * @param command four ASCII letters: CNXN, AUTH, OPEN, OKAY, WRTE, CLSE
 */
@SuppressWarnings("ArrayRecordComponent") // packets are never compared
record AdbMessage(String command, int first, int second, byte[] data) {
    static final int LARGEST = 1 << 20;
    private static final int HEADER = 24;

    static AdbMessage of(String command, int first, int second) {
        return new AdbMessage(command, first, second, new byte[0]);
    }

    /**
     * Waits for the next packet.
     *
     * @throws EOFException when the peer hung up
     */
    static AdbMessage read(DataInputStream in) throws IOException {
        byte[] head = new byte[HEADER];
        in.readFully(head);
        ByteBuffer words = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        String command = new String(head, 0, 4, StandardCharsets.US_ASCII);
        words.position(4);
        int first = words.getInt();
        int second = words.getInt();
        int length = words.getInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("a packet of " + length + " bytes");
        }
        byte[] data = new byte[length];
        in.readFully(data);
        return new AdbMessage(command, first, second, data);
    }

    /** Sends the packet as a whole. */
    void write(OutputStream out) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
        packet.put(command.getBytes(StandardCharsets.US_ASCII));
        packet.putInt(first).putInt(second).putInt(data.length).putInt(checksum());
        packet.putInt(~packet.getInt(0));
        packet.put(data);
        out.write(packet.array());
        out.flush();
    }

    /** The data as text without the NUL that ends it. */
    String text() {
        int length = data.length;
        while (length > 0 && data[length - 1] == 0) {
            length--;
        }
        return new String(data, 0, length, StandardCharsets.UTF_8);
    }

    private int checksum() {
        int sum = 0;
        for (byte b : data) {
            sum += b & 0xff;
        }
        return sum;
    }
}
