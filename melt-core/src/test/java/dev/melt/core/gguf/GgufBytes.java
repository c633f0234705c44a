package dev.melt.core.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes GGUF files byte by byte, right or wrong. */
final class GgufBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static GgufBytes header(int version, long tensors, long entries) {
        return new GgufBytes().ascii("GGUF").i32(version).i64(tensors).i64(entries);
    }

    GgufBytes ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    GgufBytes text(String text) {
        return i64(text.getBytes(StandardCharsets.UTF_8).length).ascii(text);
    }

    GgufBytes u8(int value) {
        out.write(value);
        return this;
    }

    GgufBytes i32(int value) {
        out.writeBytes(order(4).putInt(value).array());
        return this;
    }

    GgufBytes i64(long value) {
        out.writeBytes(order(8).putLong(value).array());
        return this;
    }

    GgufBytes zeros(int count) {
        out.writeBytes(new byte[count]);
        return this;
    }

    GgufBytes tensor(String name, int type, long offset, long... dimensions) {
        text(name).i32(dimensions.length);
        for (long dimension : dimensions) {
            i64(dimension);
        }
        return i32(type).i64(offset);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static ByteBuffer order(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
