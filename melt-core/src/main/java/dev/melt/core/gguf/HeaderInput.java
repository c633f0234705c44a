package dev.melt.core.gguf;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads a GGUF header forward through a fixed buffer. Every length is held against the bytes that are left in the file
 * before anything is allocated or skipped by it. Not thread-safe.
 */
final class HeaderInput {
    static final String AGAIN = "fetch or synthesise it again";
    private static final int LONGEST_MESSAGE_PART = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String subject;
    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long bufferEnd;

    HeaderInput(Path path, SeekableByteChannel channel) throws IOException {
        this.subject = String.valueOf(path.getFileName());
        this.channel = channel;
        this.size = channel.size();
        buffer.limit(0);
    }

    long size() {
        return size;
    }

    long position() {
        return bufferEnd - buffer.remaining();
    }

    long remaining() {
        return size - position();
    }

    int u8() throws IOException {
        return fill(1).get() & 0xff;
    }

    int u16() throws IOException {
        return fill(2).getShort() & 0xffff;
    }

    int i32() throws IOException {
        return fill(4).getInt();
    }

    long i64() throws IOException {
        return fill(8).getLong();
    }

    /** A text with its 64-bit length before it; refused above {@code mostBytes}. */
    String text(long mostBytes, String what) throws IOException {
        long length = i64();
        if (length < 0 || length > mostBytes) {
            throw fault(
                    what + " of at most " + figure(mostBytes) + " bytes expected",
                    Long.toUnsignedString(length) + " claimed at byte " + figure(position() - 8),
                    "the header is damaged or hostile; " + AGAIN);
        }
        need(length, what);
        byte[] bytes = new byte[(int) length];
        for (int done = 0; done < bytes.length; ) {
            int part = Math.min(bytes.length - done, BUFFER_BYTES);
            fill(part).get(bytes, done, part);
            done += part;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void skipText(String what) throws IOException {
        skip(i64(), what);
    }

    void skip(long bytes, String what) throws IOException {
        need(bytes, what);
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
            return;
        }
        bufferEnd = position() + bytes;
        channel.position(bufferEnd);
        buffer.limit(0);
    }

    /** Refuses a header that claims more bytes than the file still has. */
    void need(long bytes, String what) {
        if (bytes < 0 || bytes > remaining()) {
            throw fault(
                    what + " needs " + Long.toUnsignedString(bytes) + " bytes at byte " + figure(position()),
                    figure(remaining()) + " left in the file of " + figure(size),
                    "the file is cut off or damaged; " + AGAIN);
        }
    }

    InvalidInputException fault(String expectation, String finding, String remedy) {
        return new InvalidInputException(subject, shortened(expectation), shortened(finding), remedy);
    }

    /** A key may be 64 KB long, a message may not. */
    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE_PART ? text : text.substring(0, LONGEST_MESSAGE_PART) + "…";
    }

    static String figure(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private ByteBuffer fill(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            need(bytes, "the header");
            buffer.compact();
            while (buffer.position() < bytes) {
                int read = channel.read(buffer);
                if (read < 0) {
                    throw fault("a file that stays as it is expected", "it shrank while it was read", AGAIN);
                }
                bufferEnd += read;
            }
            buffer.flip();
        }
        return buffer;
    }
}
