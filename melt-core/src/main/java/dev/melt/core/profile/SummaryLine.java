package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

/**
 * What the engine itself says an operator took in a whole graph. Never added to the calls, which it repeats: ggml counts
 * each node with a microsecond at least, so that cheap operators come out dearer here.
 *
 * @param wallNanos elapsed time
 */
public record SummaryLine(Graph graph, String op, long wallNanos) {
    public SummaryLine {
        requireNonNull(graph, "graph");
        requireNonNull(op, "op");
    }
}
