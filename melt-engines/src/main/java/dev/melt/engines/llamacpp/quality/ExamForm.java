package dev.melt.engines.llamacpp.quality;

import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Optional;

/** As what llama-perplexity can be given an examination. */
enum ExamForm {
    PROSE,
    HELLASWAG,
    WINOGRANDE,
    CHOICES;

    /** Empty where the program has none for it. */
    static Optional<ExamForm> of(Examination examination) {
        if (!(examination instanceof Examination.Choices choices)) {
            return Optional.of(PROSE);
        }
        List<Item> items = choices.items();
        if (items.stream().anyMatch(item -> item.grading() instanceof Grading.LastWord)) {
            return Optional.empty();
        }
        if (items.stream().allMatch(item -> item.contexts().size() == 2)) {
            return items.stream().allMatch(TaskText::fitsRow) ? Optional.of(WINOGRANDE) : Optional.empty();
        }
        if (items.stream().anyMatch(item -> item.contexts().size() > 1)) {
            return Optional.empty();
        }
        return Optional.of(choices.name().contains("hellaswag") ? HELLASWAG : CHOICES);
    }

    /**
     * What its figure is called behind the task's name. The program divides by tokens where the harness divides by
     * characters or not at all: the figures are not those that MELT computes, and must not be taken for them.
     */
    String kind() {
        return switch (this) {
            case HELLASWAG -> "acc_norm_llama.cpp";
            case PROSE -> "";
            case WINOGRANDE, CHOICES -> "acc_llama.cpp";
        };
    }
}
