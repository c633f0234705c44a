package dev.melt.core.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** Writes little-endian values to a channel through a buffer, and counts. The caller closes the channel. */
final class LittleEndianOutput {
    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    LittleEndianOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    long position() {
        return written + buffer.position();
    }

    void u8(int value) throws IOException {
        room(1).put((byte) value);
    }

    void i32(int value) throws IOException {
        room(4).putInt(value);
    }

    void i64(long value) throws IOException {
        room(8).putLong(value);
    }

    void f32(float value) throws IOException {
        room(4).putFloat(value);
    }

    void text(String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        i64(bytes.length);
        for (int done = 0; done < bytes.length; ) {
            room(1);
            int part = Math.min(bytes.length - done, buffer.remaining());
            buffer.put(bytes, done, part);
            done += part;
        }
    }

    void padTo(long alignment) throws IOException {
        while (position() % alignment != 0) {
            u8(0);
        }
    }

    void flush() throws IOException {
        buffer.flip();
        written += buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }
}
