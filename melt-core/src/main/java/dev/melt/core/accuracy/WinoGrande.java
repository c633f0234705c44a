package dev.melt.core.accuracy;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Optional;

/** WinoGrande, by partial evaluation: the contexts differ in the word filled in, and what follows them is scored. */
final class WinoGrande implements TaskForm {
    private static final List<String> ANSWERS = List.of("1", "2");

    @Override
    public Item item(DataRow row, String before) {
        return new Item(
                "",
                filledIn(row).stream().map(context -> before + context).toList(),
                List.of(" " + rest(row)),
                new Grading.Best(row.indexAmong("answer", ANSWERS), List.of()));
    }

    @Override
    public Optional<String> example(DataRow row) {
        return Optional.of(filledIn(row).get(row.indexAmong("answer", ANSWERS)) + " " + rest(row));
    }

    private static List<String> filledIn(DataRow row) {
        String start = row.text("sentence").substring(0, gap(row));
        return List.of(start + row.text("option1"), start + row.text("option2"));
    }

    private static String rest(DataRow row) {
        return PythonText.strip(row.text("sentence").substring(gap(row) + 1));
    }

    private static int gap(DataRow row) {
        int gap = row.text("sentence").indexOf('_');
        if (gap < 0) {
            throw row.wrong("sentence", "a gap written _");
        }
        return gap;
    }
}
