package dev.melt.core.accuracy;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;

/** LAMBADA: whether the last word of a passage is what the model would write there. */
final class Lambada implements TaskForm {
    @Override
    public Item item(DataRow row, String before) {
        String text = row.text("text");
        int last = text.lastIndexOf(' ');
        if (last < 0) {
            throw row.wrong("text", "more than one word");
        }
        return new Item(
                "", List.of(before + text.substring(0, last)), List.of(text.substring(last)), new Grading.LastWord());
    }
}
