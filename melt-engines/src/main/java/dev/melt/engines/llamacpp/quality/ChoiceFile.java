package dev.melt.engines.llamacpp.quality;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary file that {@code --multiple-choice} reads: the number of items, where each begins, and the items; all numbers
 * are 32 bits, the low byte first. Files travel to a device as text, so that it is written as lines of {@code printf}'s octal
 * form, which the device's own shell turns into bytes.
 */
final class ChoiceFile {
    private static final int WORD = 4;

    private ChoiceFile() {}

    /** One line for the head and one for each item. */
    static String octal(List<Item> items) {
        List<byte[]> bodies = items.stream().map(ChoiceFile::item).toList();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        word(head, bodies.size());
        int at = WORD * (1 + bodies.size());
        for (byte[] body : bodies) {
            word(head, at);
            at += body.length;
        }
        List<byte[]> lines = new ArrayList<>(List.of(head.toByteArray()));
        lines.addAll(bodies);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(octal(line)).append('\n'));
        return text.toString();
    }

    private static byte[] item(Item item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, item.contexts().get(0));
        answers(out, item);
        answers(out, item);
        return out.toByteArray();
    }

    private static void answers(ByteArrayOutputStream out, Item item) {
        List<Integer> chosen = chosen(item);
        word(out, chosen.size());
        chosen.forEach(i -> text(out, item.continuations().get(i).substring(1)));
        for (int i = 0; i < chosen.size(); i++) {
            word(out, i == gold(item) ? 1 : 0);
        }
    }

    private static List<Integer> chosen(Item item) {
        if (item.grading() instanceof Grading.Truth truth) {
            return truth.single();
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < item.continuations().size(); i++) {
            all.add(i);
        }
        return all;
    }

    private static int gold(Item item) {
        return item.grading() instanceof Grading.Best best ? best.gold() : 0;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        word(out, utf8.length);
        out.writeBytes(utf8);
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(WORD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static String octal(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) {
            if ((value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z')) {
                text.append((char) value);
            } else {
                text.append('\\')
                        .append((char) ('0' + ((value >> 6) & 3)))
                        .append((char) ('0' + ((value >> 3) & 7)))
                        .append((char) ('0' + (value & 7)));
            }
        }
        return text.toString();
    }
}
