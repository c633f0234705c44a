package dev.melt.core.accuracy;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tasks that MELT knows, under the names of lm-evaluation-harness. Each has a small set of MELT's own writing beside
 * it, called {@code melt-NAME-sample}: good to see that everything works, and for nothing else.
 */
public enum AccuracyTask {
    HELLASWAG("hellaswag", "acc, acc_norm"),
    WINOGRANDE("winogrande", "acc"),
    ARC_EASY("arc_easy", "acc, acc_norm"),
    ARC_CHALLENGE("arc_challenge", "acc, acc_norm"),
    TRUTHFULQA("truthfulqa", "mc1, mc2"),
    MMLU("mmlu", "acc, for each subject and over all"),
    OPENBOOKQA("openbookqa", "acc, acc_norm"),
    LAMBADA("lambada_openai", "acc, perplexity");

    private static final String BEFORE = "melt-";
    private static final String BEHIND = "-sample";

    private final String id;
    private final String figures;

    AccuracyTask(String id, String figures) {
        this.id = id;
        this.figures = figures;
    }

    /** As the harness calls it. */
    public String id() {
        return id;
    }

    /** Which figures it gives. */
    public String figures() {
        return figures;
    }

    /** What the set that ships with MELT is called. */
    public String sample() {
        return BEFORE + id.replace('_', '-') + BEHIND;
    }

    TaskForm form() {
        return switch (this) {
            case HELLASWAG -> new HellaSwag();
            case WINOGRANDE -> new WinoGrande();
            case ARC_EASY, ARC_CHALLENGE -> LabelledChoices.ARC;
            case TRUTHFULQA -> new TruthfulQa();
            case MMLU -> new Mmlu();
            case OPENBOOKQA -> LabelledChoices.OPENBOOKQA;
            case LAMBADA -> new Lambada();
        };
    }

    /** Every name that a person may write, those of the shipped sets last. */
    public static List<String> names() {
        return Stream.concat(
                        Arrays.stream(values()).map(AccuracyTask::id),
                        Arrays.stream(values()).map(AccuracyTask::sample))
                .toList();
    }

    /**
     * The task of a name.
     *
     * @throws InvalidInputException with the nearest names when there is none
     */
    public static AccuracyTask named(String name) {
        return Arrays.stream(values())
                .filter(task -> task.id.equals(name) || task.sample().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static InvalidInputException unknown(String name) {
        List<String> near = Nearest.of(name, names());
        return new InvalidInputException(
                "task '" + name + "'",
                "the name of a task expected",
                "there is none such",
                near.isEmpty()
                        ? "the tasks are " + String.join(", ", names())
                        : "did you mean " + String.join(" or ", near) + "?");
    }
}
