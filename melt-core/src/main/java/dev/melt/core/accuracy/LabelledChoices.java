package dev.melt.core.accuracy;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Optional;

/**
 * ARC and OpenBookQA: a question of science with answers that carry labels.
 *
 * @param field that holds the question
 * @param prefix and {@code suffix} what stands around it
 */
record LabelledChoices(String field, String prefix, String suffix) implements TaskForm {
    static final LabelledChoices ARC = new LabelledChoices("question", "Question: ", "\nAnswer:");
    static final LabelledChoices OPENBOOKQA = new LabelledChoices("question_stem", "", "");

    @Override
    public Item item(DataRow row, String before) {
        List<String> answers = answers(row);
        return new Item(
                "",
                List.of(before + question(row)),
                answers.stream().map(answer -> " " + answer).toList(),
                new Grading.Best(
                        gold(row), answers.stream().map(PythonText::length).toList()));
    }

    @Override
    public Optional<String> example(DataRow row) {
        return Optional.of(question(row) + " " + answers(row).get(gold(row)));
    }

    private String question(DataRow row) {
        return prefix + row.text(field) + suffix;
    }

    private static List<String> answers(DataRow row) {
        return row.object("choices").texts("text");
    }

    private static int gold(DataRow row) {
        List<String> labels = row.object("choices").texts("label");
        int gold = row.indexAmong("answerKey", labels);
        if (labels.size() != answers(row).size()) {
            throw row.wrong("choices", "as many labels as texts");
        }
        return gold;
    }
}
