package dev.melt.core.workload;

import java.util.List;

/** What is asked of a model. Immutable; two workloads that ask the same have the same {@link #fingerprint()}. */
public sealed interface Workload permits TokenGrid, PromptSet, ConversationSet, DepthSweep, Sustained, Exam {
    /** Tokens to generate for a prompt of text unless something else is said. */
    int USUAL_GENERATE = 128;

    /** How a person names it, and how tables call it. */
    String name();

    /** The workloads that each become one cell of the matrix; a workload of one cell gives itself. */
    List<Workload> expand();

    /** The turns in their order. For several cells those of all, each in an empty context. */
    Script script();

    /** What it asks, in one line for a list. */
    String summary();

    /** The same with another number of tokens to generate for each prompt of text. */
    Workload generating(int tokens);

    /** What of the workload can change a figure, as canonical JSON; an input of the cell's fingerprint. */
    default String fingerprint() {
        return script().canonicalJson();
    }
}
