package dev.melt.core.accuracy;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Optional;

/** MMLU: which letter follows a question with four lettered answers; reported for each subject and over all. */
final class Mmlu implements TaskForm {
    private static final List<String> LETTERS = List.of("A", "B", "C", "D");

    @Override
    public Item item(DataRow row, String before) {
        return new Item(
                group(row),
                List.of(before + question(row)),
                LETTERS.stream().map(letter -> " " + letter).toList(),
                new Grading.Best(row.index("answer", LETTERS.size()), List.of()));
    }

    @Override
    public Optional<String> example(DataRow row) {
        return Optional.of(question(row) + " " + LETTERS.get(row.index("answer", LETTERS.size())));
    }

    @Override
    public String description(DataRow row) {
        return "The following are multiple choice questions (with answers) about "
                + group(row).replace('_', ' ') + ".\n\n";
    }

    @Override
    public String group(DataRow row) {
        String subject = row.text("subject");
        if (!subject.matches("[A-Za-z0-9_-]{1,100}")) {
            throw row.wrong("subject", "a word such as abstract_algebra");
        }
        return subject;
    }

    private static String question(DataRow row) {
        List<String> choices = row.texts("choices");
        if (choices.size() != LETTERS.size()) {
            throw row.wrong("choices", "four texts");
        }
        StringBuilder text = new StringBuilder(PythonText.strip(row.text("question")));
        for (int i = 0; i < choices.size(); i++) {
            text.append('\n').append(LETTERS.get(i)).append(". ").append(choices.get(i));
        }
        return text.append("\nAnswer:").toString();
    }
}
