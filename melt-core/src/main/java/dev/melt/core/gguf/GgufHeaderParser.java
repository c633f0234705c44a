package dev.melt.core.gguf;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the bytes of one header into a {@link GgufFile}, or refuses them. Used once. */
final class GgufHeaderParser {
    private static final int MAGIC = 0x46554747;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final long MOST_ALIGNMENT = 1 << 20;
    private static final long MOST_KEY_BYTES = 65_535;
    private static final int MOST_ENTRIES = 1 << 16;
    private static final int LEAST_ENTRY_BYTES = 13;
    private static final int MOST_DEPTH = 4;

    private final Path path;
    private final HeaderInput in;
    private final ValueReader values;

    GgufHeaderParser(Path path, HeaderInput in) {
        this.path = path;
        this.in = in;
        this.values = new ValueReader(in, MOST_DEPTH);
    }

    GgufFile parse() throws IOException {
        checkMagic();
        int version = version();
        long tensorCount = count("tensors", TensorTableReader.MOST_TENSORS, TensorTableReader.LEAST_TENSOR_BYTES);
        long entryCount = count("metadata entries", MOST_ENTRIES, LEAST_ENTRY_BYTES);
        Map<String, GgufValue> metadata = metadata(entryCount);
        long alignment = alignment(metadata);
        TensorTableReader table = new TensorTableReader(in, alignment);
        List<GgufTensor> tensors = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            tensors.add(table.next());
        }
        long dataStart = (in.position() + alignment - 1) / alignment * alignment;
        checkDataIsThere(dataStart, table.dataBytes());
        return new GgufFile(path, version, in.size(), alignment, dataStart, metadata, tensors);
    }

    private void checkMagic() throws IOException {
        if (in.size() < 24) {
            throw in.fault(
                    "a GGUF file has at least 24 bytes", HeaderInput.figure(in.size()) + " there", HeaderInput.AGAIN);
        }
        int magic = in.i32();
        if (magic != MAGIC) {
            throw in.fault(
                    "the first four bytes of a GGUF file are 'GGUF'",
                    String.format("%08x found", Integer.reverseBytes(magic)),
                    "name a .gguf file; convert other formats with llama.cpp's converters");
        }
    }

    private int version() throws IOException {
        int version = in.i32();
        if (version == 2 || version == 3) {
            return version;
        }
        if ((version & 0xffff) == 0 && version != 0) {
            throw in.fault(
                    "a little-endian GGUF file expected",
                    "a big-endian one found (version " + Integer.reverseBytes(version) + ")",
                    "convert it with gguf_convert_endian.py");
        }
        throw in.fault(
                "GGUF version 2 or 3 expected",
                "version " + Integer.toUnsignedString(version) + " found",
                version == 1 ? "convert the model again with a current llama.cpp" : "update MELT or convert the model");
    }

    private long count(String what, long most, long leastBytes) throws IOException {
        long count = in.i64();
        if (count < 0 || count > most || count > in.remaining() / leastBytes) {
            throw in.fault(
                    "at most " + HeaderInput.figure(Math.min(most, in.remaining() / leastBytes)) + " " + what
                            + " fit into " + HeaderInput.figure(in.size()) + " bytes",
                    Long.toUnsignedString(count) + " claimed",
                    "the file is cut off, damaged or hostile; " + HeaderInput.AGAIN);
        }
        return count;
    }

    private Map<String, GgufValue> metadata(long count) throws IOException {
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = in.text(MOST_KEY_BYTES, "a metadata key");
            if (metadata.containsKey(key)) {
                throw in.fault("each metadata key once expected", "'" + key + "' twice", HeaderInput.AGAIN);
            }
            metadata.put(key, values.read(key));
        }
        return metadata;
    }

    private long alignment(Map<String, GgufValue> metadata) {
        GgufValue value = metadata.get("general.alignment");
        if (value == null) {
            return DEFAULT_ALIGNMENT;
        }
        if (value instanceof GgufValue.Whole whole
                && whole.type() == GgufValueType.UINT32
                && Long.bitCount(whole.value()) == 1
                && whole.value() <= MOST_ALIGNMENT) {
            return whole.value();
        }
        throw in.fault(
                "general.alignment is a power of two up to " + HeaderInput.figure(MOST_ALIGNMENT),
                value + " found",
                HeaderInput.AGAIN);
    }

    private void checkDataIsThere(long dataStart, long dataBytes) {
        long there = Math.max(0, in.size() - dataStart);
        if (dataBytes > there) {
            throw cutOff(dataBytes, there);
        }
    }

    private InvalidInputException cutOff(long expected, long there) {
        return in.fault(
                HeaderInput.figure(expected) + " bytes of tensor data expected by its header",
                HeaderInput.figure(there) + " there",
                HeaderInput.AGAIN);
    }
}
