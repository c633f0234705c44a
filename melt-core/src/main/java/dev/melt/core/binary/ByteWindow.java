package dev.melt.core.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * A file of unknown origin that is read by offsets which stand in the file itself: each is held against the file's size
 * and against a limit before a byte is read or an array made. For one thread.
 *
 * @param start where the part begins that is looked at, all of it for a plain file
 * @param size of that part
 */
record ByteWindow(FileChannel channel, long start, long size, ByteOrder order) {
    private static final int LONGEST_TEXT = 4096;

    static ByteWindow of(FileChannel channel) throws IOException {
        return new ByteWindow(channel, 0, channel.size(), ByteOrder.LITTLE_ENDIAN);
    }

    ByteWindow ordered(ByteOrder other) {
        return new ByteWindow(channel, start, size, other);
    }

    /** A part of it, as of a fat file. */
    ByteWindow part(long offset, long length, String what) throws DamagedFileException {
        require(offset, length, what);
        return new ByteWindow(channel, start + offset, length, order);
    }

    /** So many bytes, all of which are there. */
    ByteBuffer bytes(long offset, long length, long most, String what) throws IOException, DamagedFileException {
        if (length > most) {
            throw new DamagedFileException(what + " has " + length + " bytes, more than " + most);
        }
        require(offset, length, what);
        ByteBuffer buffer = ByteBuffer.allocate((int) length).order(order);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + offset + buffer.position()) < 0) {
                throw new DamagedFileException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private void require(long offset, long length, String what) throws DamagedFileException {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw new DamagedFileException(what + " lies outside the file");
        }
    }

    /** The text that begins there and ends with a zero byte inside the buffer. */
    static String text(ByteBuffer buffer, long offset, String what) throws DamagedFileException {
        if (offset < 0 || offset >= buffer.limit()) {
            throw new DamagedFileException(what + " lies outside its table");
        }
        int from = (int) offset;
        int end = from;
        while (end < buffer.limit() && buffer.get(end) != 0) {
            end++;
        }
        if (end == buffer.limit() || end - from > LONGEST_TEXT) {
            throw new DamagedFileException(what + " does not end");
        }
        byte[] bytes = new byte[end - from];
        buffer.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
