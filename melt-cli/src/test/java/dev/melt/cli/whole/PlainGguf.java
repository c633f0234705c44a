package dev.melt.cli.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a small GGUF file of F32 and F16 tensors whole; shares no line with what MELT reads models with. */
final class PlainGguf {
    private static final int ALIGNMENT = 32;

    final Map<String, Object> metadata = new HashMap<>();
    final Map<String, float[]> tensors = new HashMap<>();
    private final ByteBuffer file;

    private record Entry(String name, int elements, int type, long offset) {}

    PlainGguf(Path path) {
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.position(8);
        long count = file.getLong();
        long pairs = file.getLong();
        for (long i = 0; i < pairs; i++) {
            metadata.put(text(), value(file.getInt()));
        }
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(entry());
        }
        int start = (file.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        entries.forEach(entry -> tensors.put(entry.name(), data(entry, start)));
    }

    private Entry entry() {
        String name = text();
        long elements = 1;
        for (int dimensions = file.getInt(); dimensions > 0; dimensions--) {
            elements *= file.getLong();
        }
        return new Entry(name, (int) elements, file.getInt(), file.getLong());
    }

    private float[] data(Entry entry, int start) {
        float[] values = new float[entry.elements()];
        int at = start + (int) entry.offset();
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.type() == 0 ? file.getFloat(at + 4 * i) : half(file.getShort(at + 2 * i));
        }
        return values;
    }

    private static float half(short bits) {
        int exponent = (bits >>> 10) & 0x1f;
        double fraction = bits & 0x3ff;
        double magnitude = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
        return (float) (bits < 0 ? -magnitude : magnitude);
    }

    private String text() {
        byte[] utf8 = new byte[(int) file.getLong()];
        file.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private Object value(int type) {
        return switch (type) {
            case 0, 1, 7 -> file.get();
            case 2, 3 -> file.getShort();
            case 4, 5 -> file.getInt();
            case 6 -> file.getFloat();
            case 8 -> text();
            case 9 -> list();
            case 12 -> file.getDouble();
            default -> file.getLong();
        };
    }

    private List<Object> list() {
        int type = file.getInt();
        long length = file.getLong();
        List<Object> list = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            list.add(value(type));
        }
        return list;
    }

    int whole(String key) {
        return ((Number) metadata.getOrDefault("llama." + key, 0)).intValue();
    }

    double real(String key) {
        return ((Number) metadata.getOrDefault("llama." + key, 0)).doubleValue();
    }

    List<?> array(String key) {
        return (List<?>) metadata.getOrDefault(key, List.of());
    }

    float[] tensor(String name) {
        return tensors.getOrDefault(name, new float[0]);
    }
}
