package dev.melt.core.accuracy;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.ArrayList;
import java.util.List;

/**
 * TruthfulQA with answers to choose from, both of its figures at once. The examples in front of the questions are part of
 * the harness's task and not of the data set, so that they come from a file of their own.
 */
final class TruthfulQa implements TaskForm {
    private static final int TRUE = 1;

    @Override
    public Item item(DataRow row, String before) {
        List<String> answers = new ArrayList<>();
        List<Integer> single = numbered(targets(row, "mc1_targets"), answers);
        List<Integer> several = numbered(targets(row, "mc2_targets"), answers);
        if (trueOnes(row, "mc1_targets") != 1) {
            throw row.wrong("mc1_targets", "one true answer, the first");
        }
        return new Item(
                "",
                List.of(before + "Q: " + row.text("question") + "\nA:"),
                answers.stream().map(answer -> " " + answer).toList(),
                new Grading.Truth(single, several, trueOnes(row, "mc2_targets")));
    }

    @Override
    public boolean hasPreamble() {
        return true;
    }

    private static List<String> targets(DataRow row, String name) {
        return row.object(name).texts("choices");
    }

    /** What stands in both lists is asked once. */
    private static List<Integer> numbered(List<String> wanted, List<String> answers) {
        List<Integer> numbers = new ArrayList<>();
        for (String answer : wanted) {
            if (!answers.contains(answer)) {
                answers.add(answer);
            }
            numbers.add(answers.indexOf(answer));
        }
        return numbers;
    }

    /** The harness takes all up to the first false one for true; anything else in the labels is refused. */
    private static int trueOnes(DataRow row, String name) {
        List<Integer> labels = row.object(name).numbers("labels");
        int first = labels.indexOf(0);
        boolean sorted = first > 0
                && labels.size() == targets(row, name).size()
                && labels.subList(0, first).stream().allMatch(label -> label == TRUE)
                && labels.subList(first, labels.size()).stream().allMatch(label -> label == 0);
        if (!sorted) {
            throw row.wrong(name, "labels 1 for the true answers, then 0 for the false ones, one for each answer,");
        }
        return first;
    }
}
