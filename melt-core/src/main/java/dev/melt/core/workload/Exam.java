package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/** An examination as a workload: one cell, no turns. */
public record Exam(Examination examination) implements Workload {
    public Exam {
        requireNonNull(examination, "examination");
    }

    @Override
    public String name() {
        return examination.name();
    }

    @Override
    public List<Workload> expand() {
        return List.of(this);
    }

    @Override
    public Script script() {
        return Script.of(examination);
    }

    @Override
    public String summary() {
        if (examination instanceof Examination.Choices choices) {
            return String.format(
                    Locale.ROOT, "%d items, %d likelihoods", choices.items().size(), choices.questions());
        }
        return "windows of a text";
    }

    @Override
    public Workload generating(int tokens) {
        throw Limits.fixedGenerate(name(), tokens);
    }
}
