package dev.melt.core.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads metadata values. What is kept of texts and lists is bounded over the whole header, so that a file cannot choose
 * how much memory its reader takes.
 */
final class ValueReader {
    private static final long MOST_TEXT_BYTES = 16 << 20;
    private static final long MOST_KEPT_BYTES = 48 << 20;
    private static final long OBJECT_BYTES = 64;
    private static final int KEPT_NUMBERS = 1024;
    private static final int KEPT_TEXTS = 64;

    private final HeaderInput in;
    private final int mostDepth;
    private long keptBytes;

    ValueReader(HeaderInput in, int mostDepth) {
        this.in = in;
        this.mostDepth = mostDepth;
    }

    GgufValue read(String key) throws IOException {
        return value(key, type(key), 0);
    }

    private GgufValueType type(String key) throws IOException {
        int id = in.i32();
        return GgufValueType.ofId(id)
                .orElseThrow(() -> in.fault(
                        "metadata key '" + key + "' has a type from 0 to 12",
                        Integer.toUnsignedString(id) + " found",
                        HeaderInput.AGAIN));
    }

    private GgufValue value(String key, GgufValueType type, int depth) throws IOException {
        return switch (type) {
            case UINT8 -> new GgufValue.Whole(type, in.u8());
            case INT8 -> new GgufValue.Whole(type, (byte) in.u8());
            case UINT16 -> new GgufValue.Whole(type, in.u16());
            case INT16 -> new GgufValue.Whole(type, (short) in.u16());
            case UINT32 -> new GgufValue.Whole(type, Integer.toUnsignedLong(in.i32()));
            case INT32 -> new GgufValue.Whole(type, in.i32());
            case UINT64, INT64 -> new GgufValue.Whole(type, in.i64());
            case FLOAT32 -> new GgufValue.Real(Float.intBitsToFloat(in.i32()));
            case FLOAT64 -> new GgufValue.Real(Double.longBitsToDouble(in.i64()));
            case BOOL -> new GgufValue.Flag(in.u8() != 0);
            case STRING -> text(key);
            case ARRAY -> array(key, depth + 1);
        };
    }

    private GgufValue text(String key) throws IOException {
        long before = in.position();
        String text = in.text(Math.min(MOST_TEXT_BYTES, MOST_KEPT_BYTES - keptBytes), "the text of '" + key + "'");
        keptBytes += in.position() - before;
        return new GgufValue.Text(text);
    }

    private GgufValue array(String key, int depth) throws IOException {
        if (depth > mostDepth) {
            throw in.fault(
                    "lists nested at most " + mostDepth + " deep expected",
                    "'" + key + "' is nested deeper",
                    HeaderInput.AGAIN);
        }
        GgufValueType type = type(key);
        long length = in.i64();
        if (length < 0 || length > in.remaining() / type.leastBytes()) {
            throw in.fault(
                    "at most " + HeaderInput.figure(in.remaining() / type.leastBytes()) + " elements of '" + key
                            + "' fit into the rest of the file",
                    Long.toUnsignedString(length) + " claimed",
                    "the file is cut off, damaged or hostile; " + HeaderInput.AGAIN);
        }
        List<GgufValue> head = head(key, type, length, depth);
        skipRest(key, type, length - head.size(), depth);
        return new GgufValue.Array(type, length, head);
    }

    private List<GgufValue> head(String key, GgufValueType type, long length, int depth) throws IOException {
        long affordable = (MOST_KEPT_BYTES - keptBytes) / OBJECT_BYTES;
        long kept = Math.max(0, Math.min(affordable, Math.min(length, type.fixedSize() ? KEPT_NUMBERS : KEPT_TEXTS)));
        keptBytes += kept * OBJECT_BYTES;
        List<GgufValue> head = new ArrayList<>();
        for (long i = 0; i < kept; i++) {
            head.add(value(key, type, depth));
        }
        return head;
    }

    private void skipRest(String key, GgufValueType type, long count, int depth) throws IOException {
        if (type.fixedSize()) {
            in.skip(count * type.leastBytes(), "the list '" + key + "'");
            return;
        }
        for (long i = 0; i < count; i++) {
            if (type == GgufValueType.STRING) {
                in.skipText("an element of '" + key + "'");
            } else {
                value(key, type, depth);
            }
        }
    }
}
