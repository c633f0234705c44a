package dev.melt.virtual.ios.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The head of one message of AFC, with its arguments.
 *
 * @param operation what is wanted, or what this answers with
 * @param number of the message; the answer has that of its question
 * @param payload how many bytes follow it
 */
record AfcPacket(long operation, long number, ByteBuffer arguments, long payload) {
    static final int STATUS = 1;
    static final int DATA = 2;

    private static final byte[] MAGIC = "CFA6LPAA".getBytes(US_ASCII);
    private static final int HEADER = 40;
    private static final int MOST_ARGUMENTS = 1 << 20;

    /** The next one; empty when the host has hung up. */
    static Optional<AfcPacket> read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] bytes = new byte[HEADER];
        try {
            in.readFully(bytes);
        } catch (EOFException e) {
            return Optional.empty();
        }
        ByteBuffer header =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        long whole = header.getLong();
        long here = header.getLong();
        long number = header.getLong();
        long operation = header.getLong();
        boolean sane = Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))
                && here >= HEADER
                && here <= HEADER + MOST_ARGUMENTS
                && whole >= here;
        if (!sane) {
            throw new IOException("no packet of AFC");
        }
        byte[] arguments = new byte[(int) here - HEADER];
        in.readFully(arguments);
        return Optional.of(new AfcPacket(
                operation, number, ByteBuffer.wrap(arguments).order(ByteOrder.LITTLE_ENDIAN), whole - here));
    }

    /** The number at a place of the arguments; 0 where they end before. */
    long word(int index) {
        int at = index * Long.BYTES;
        return arguments.limit() < at + Long.BYTES ? 0 : arguments.getLong(at);
    }

    /** The texts after so many numbers, each of which ends with a zero. */
    List<String> texts(int words) {
        byte[] bytes = new byte[arguments.limit()];
        arguments.get(0, bytes);
        List<String> found = new ArrayList<>();
        int start = words * Long.BYTES;
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                found.add(new String(bytes, start, i - start, UTF_8));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            found.add(new String(bytes, start, bytes.length - start, UTF_8));
        }
        return found;
    }

    /** Answers with a number: a status, a handle, a position. */
    void answer(OutputStream out, int kind, long value) throws IOException {
        write(
                out,
                kind,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                new byte[0]);
    }

    /** Answers with what was asked for. */
    void answer(OutputStream out, byte[] data) throws IOException {
        write(out, DATA, new byte[0], data);
    }

    private void write(OutputStream out, long kind, byte[] words, byte[] data) throws IOException {
        out.write(ByteBuffer.allocate(HEADER + words.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putLong(HEADER + words.length + data.length)
                .putLong(HEADER + words.length)
                .putLong(number)
                .putLong(kind)
                .put(words)
                .put(data)
                .array());
    }
}
