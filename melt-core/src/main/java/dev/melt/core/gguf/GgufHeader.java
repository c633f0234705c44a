package dev.melt.core.gguf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/**
 * A GGUF v3 header in the making: entries and tensors are written in the order in which they are added. Lists are asked
 * for element by element while they are written, so that a vocabulary need not be in memory. Not thread-safe.
 */
public final class GgufHeader {
    public static final int ALIGNMENT = 32;

    private static final int MAGIC = 0x46554747;
    private static final int VERSION = 3;

    private final List<Entry> entries = new ArrayList<>();
    private final List<GgufTensor> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long nextOffset;

    @FunctionalInterface
    private interface Value {
        void writeTo(LittleEndianOutput out) throws IOException;
    }

    private record Entry(String key, GgufValueType type, Value value) {}

    public GgufHeader text(String key, String value) {
        return add(key, GgufValueType.STRING, out -> out.text(value));
    }

    /** An unsigned 32-bit number, the type that llama.cpp wants nearly every count in. */
    public GgufHeader u32(String key, long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException(key + ": " + value + " is no unsigned 32-bit number");
        }
        return add(key, GgufValueType.UINT32, out -> out.i32((int) value));
    }

    public GgufHeader i64(String key, long value) {
        return add(key, GgufValueType.INT64, out -> out.i64(value));
    }

    public GgufHeader f32(String key, double value) {
        return add(key, GgufValueType.FLOAT32, out -> out.f32((float) value));
    }

    public GgufHeader flag(String key, boolean value) {
        return add(key, GgufValueType.BOOL, out -> out.u8(value ? 1 : 0));
    }

    public GgufHeader texts(String key, int count, IntFunction<String> element) {
        return list(key, GgufValueType.STRING, count, (out, i) -> out.text(element.apply(i)));
    }

    public GgufHeader f32s(String key, int count, IntFunction<Float> element) {
        return list(key, GgufValueType.FLOAT32, count, (out, i) -> out.f32(element.apply(i)));
    }

    public GgufHeader i32s(String key, int count, IntToLongFunction element) {
        return list(key, GgufValueType.INT32, count, (out, i) -> out.i32((int) element.applyAsLong(i)));
    }

    /** Adds a tensor whose data follows that of the one before it, padded to {@link #ALIGNMENT}. */
    public GgufHeader tensor(String name, GgmlType type, long... dimensions) {
        GgufTensor tensor =
                new GgufTensor(name, Arrays.stream(dimensions).boxed().toList(), type.id(), nextOffset);
        if (dimensions[0] % type.blockWeights() != 0) {
            throw new IllegalArgumentException(name + ": rows of " + dimensions[0] + " do not fill blocks of " + type);
        }
        tensors.add(tensor);
        nextOffset += padded(type.bytesOf(tensor.elements()));
        return this;
    }

    public List<GgufTensor> tensors() {
        return Collections.unmodifiableList(tensors);
    }

    /** Bytes of all tensor data, each tensor padded. */
    public long dataBytes() {
        return nextOffset;
    }

    /** Bytes of the header with the padding after it. */
    public long headerBytes() {
        try {
            return writeTo(Channels.newChannel(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new IllegalStateException("a sink that takes everything refused", e);
        }
    }

    /** Writes the header and the padding up to the data; returns how many bytes that were. */
    public long writeTo(WritableByteChannel channel) throws IOException {
        LittleEndianOutput out = new LittleEndianOutput(channel);
        out.i32(MAGIC);
        out.i32(VERSION);
        out.i64(tensors.size());
        out.i64(entries.size());
        for (Entry entry : entries) {
            out.text(entry.key());
            out.i32(entry.type().id());
            entry.value().writeTo(out);
        }
        for (GgufTensor tensor : tensors) {
            write(tensor, out);
        }
        out.padTo(ALIGNMENT);
        out.flush();
        return out.position();
    }

    /** That many bytes, rounded up to the alignment. */
    public static long padded(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @FunctionalInterface
    private interface Element {
        void write(LittleEndianOutput out, int index) throws IOException;
    }

    private GgufHeader list(String key, GgufValueType type, int count, Element element) {
        return add(key, GgufValueType.ARRAY, out -> {
            out.i32(type.id());
            out.i64(count);
            for (int i = 0; i < count; i++) {
                element.write(out, i);
            }
        });
    }

    private GgufHeader add(String key, GgufValueType type, Value value) {
        if (!names.add(key)) {
            throw new IllegalArgumentException(key + " is there already");
        }
        entries.add(new Entry(key, type, value));
        return this;
    }

    private static void write(GgufTensor tensor, LittleEndianOutput out) throws IOException {
        out.text(tensor.name());
        out.i32(tensor.dimensions().size());
        for (long dimension : tensor.dimensions()) {
            out.i64(dimension);
        }
        out.i32(tensor.typeId());
        out.i64(tensor.offset());
    }
}
