package dev.melt.core.accuracy;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** HellaSwag: which of four endings goes on with a scene. */
final class HellaSwag implements TaskForm {
    /** Left from the pages that a part of the set was taken from; Python's dot stops at line feeds only. */
    private static final Pattern BRACKETS = Pattern.compile("\\[.*?\\]", Pattern.UNIX_LINES);

    @Override
    public Item item(DataRow row, String before) {
        List<String> endings = endings(row);
        return new Item(
                "",
                List.of(before + scene(row)),
                endings.stream().map(ending -> " " + ending).toList(),
                new Grading.Best(
                        row.index("label", endings.size()),
                        endings.stream().map(PythonText::length).toList()));
    }

    @Override
    public Optional<String> example(DataRow row) {
        List<String> endings = endings(row);
        return Optional.of(scene(row) + " " + endings.get(row.index("label", endings.size())));
    }

    private static String scene(DataRow row) {
        return cleaned(
                row.text("activity_label") + ": " + row.text("ctx_a") + " " + PythonText.capitalize(row.text("ctx_b")));
    }

    private static List<String> endings(DataRow row) {
        return row.texts("endings").stream().map(HellaSwag::cleaned).toList();
    }

    static String cleaned(String text) {
        String stripped = PythonText.strip(text).replace(" [title]", ". ");
        return BRACKETS.matcher(stripped).replaceAll("").replace("  ", " ");
    }
}
