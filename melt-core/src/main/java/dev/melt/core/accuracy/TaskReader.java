package dev.melt.core.accuracy;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Exam;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Makes an examination of a data set on this host. Reads files each time; immutable.
 *
 * @param folder where the sets lie
 * @param limit takes the first so many items, of each group where there are groups
 * @param shots examples before each question; the first of the file, of the item's own group
 */
public record TaskReader(Path folder, OptionalInt limit, int shots) {
    private static final String BETWEEN = "\n\n";

    /**
     * Reads the task of a name.
     *
     * @throws InvalidInputException for an unknown name, a file that is not there, or a row that is not as it should be,
     *     with its line
     */
    public Exam read(String name) {
        AccuracyTask task = AccuracyTask.named(name);
        boolean sample = !name.equals(task.id());
        TaskFiles files = new TaskFiles(folder);
        String preamble = task.form().hasPreamble() ? files.preamble(task, sample) + BETWEEN : "";
        Map<String, List<String>> examples = shots == 0 ? Map.of() : examples(task, files, sample);
        Map<String, Integer> taken = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (DataRow row : files.rows(task, sample)) {
            String group = task.form().group(row);
            if (limit.isEmpty() || taken.merge(group, 1, Integer::sum) <= limit.getAsInt()) {
                String before = preamble + task.form().description(row) + shots(name, group, examples);
                items.add(task.form().item(row, before));
            }
        }
        return new Exam(new Examination.Choices(called(name), shots, items));
    }

    /** Figures with examples and without are two things, and are called so. */
    private String called(String name) {
        return shots == 0 ? name : name + "-" + shots + "shot";
    }

    private Map<String, List<String>> examples(AccuracyTask task, TaskFiles files, boolean sample) {
        Map<String, List<String>> examples = new HashMap<>();
        for (DataRow row : files.examples(task, sample)) {
            String text = task.form()
                    .example(row)
                    .orElseThrow(() -> new InvalidInputException(
                            "--fewshot " + shots,
                            "a task that takes examples expected",
                            task.id() + " takes none in lm-evaluation-harness",
                            "leave the option out for it"));
            examples.computeIfAbsent(task.form().group(row), any -> new ArrayList<>())
                    .add(text);
        }
        return examples;
    }

    private String shots(String name, String group, Map<String, List<String>> examples) {
        if (shots == 0) {
            return "";
        }
        List<String> found = examples.getOrDefault(group, List.of());
        if (found.size() < shots) {
            throw new InvalidInputException(
                    "--fewshot " + shots,
                    "so many examples of " + name + (group.isEmpty() ? "" : ", subject " + group) + ", expected",
                    found.size() + " are in its file",
                    "ask for fewer");
        }
        return String.join(BETWEEN, found.subList(0, shots)) + BETWEEN;
    }
}
