package dev.melt.engines.opprofile;

import dev.melt.core.profile.Graph;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.profile.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The graphs of a process, one after the other. What a graph was for is told by the tokens in it, which are the columns of
 * its first look-up of embeddings, and by what came before: the first graph of a process is the warm-up when it has two
 * tokens at the most, the one after that reads a prompt whatever its size, and from then on one token is a decoding step.
 */
final class GraphSequence {
    /** Beginning and end of a text: what llama.cpp evaluates to warm up. */
    private static final long WARM_UP_TOKENS = 2;

    private static final String LOOK_UP = "GET_ROWS";
    private static final int LARGEST_GRAPH = 1_000_000;

    private final ProfileSink sink;
    private final List<GraphRow> rows = new ArrayList<>();
    private final Map<Integer, Optional<String>> nodes = new HashMap<>();
    private long announced;
    private boolean open;
    private int index;
    private boolean first = true;
    private boolean prompted;
    private long strayRows;
    private Optional<Graph> last = Optional.empty();

    GraphSequence(ProfileSink sink) {
        this.sink = sink;
    }

    void begin(long nodeCount) {
        end();
        announced = Math.min(nodeCount, LARGEST_GRAPH);
        open = true;
    }

    void row(GraphRow row) {
        if (!open) {
            strayRows++;
            return;
        }
        rows.add(row);
        if (rows.size() == announced) {
            end();
        }
    }

    /** No row of the present graph will follow. */
    void end() {
        if (strayRows > 0) {
            sink.fault(strayRows + " rows that belong to no graph left out, before graph " + index);
            strayRows = 0;
        }
        if (open && rows.size() != announced) {
            sink.fault("graph " + index + ": " + announced + " rows expected, " + rows.size() + " found");
        }
        if (!rows.isEmpty()) {
            emit();
        }
        open = false;
        rows.clear();
    }

    private void emit() {
        OptionalLong tokens = rows.stream()
                .filter(row -> row.op().equals(LOOK_UP))
                .mapToLong(GraphRow::tokens)
                .findFirst();
        OptionalInt counted = tokens.isPresent() && tokens.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) tokens.getAsLong())
                : OptionalInt.empty();
        Graph graph = new Graph("", index++, Graph.UNNAMED, stage(counted), counted);
        last = Optional.of(graph);
        for (GraphRow row : rows) {
            sink.call(new OpCall(
                    graph,
                    nodes.computeIfAbsent(row.node(), number -> Optional.of(number.toString())),
                    row.op(),
                    Optional.empty(),
                    row.shape(),
                    row.runs(),
                    row.wallNanos(),
                    OptionalLong.of(row.cpuNanos())));
        }
    }

    private Stage stage(OptionalInt tokens) {
        boolean opening = first;
        first = false;
        if (tokens.isEmpty()) {
            return Stage.OTHER;
        } else if (opening && tokens.getAsInt() <= WARM_UP_TOKENS) {
            return Stage.WARM_UP;
        }
        boolean prompt = !prompted || tokens.getAsInt() > 1;
        prompted = true;
        return prompt ? Stage.PREFILL : Stage.DECODE;
    }

    /** A model is being loaded: the next graph may be a warm-up again. */
    void newProcess() {
        end();
        first = true;
        prompted = false;
    }

    /** The graph that ended last. */
    Optional<Graph> last() {
        return last;
    }

    boolean isEmpty() {
        return last.isEmpty();
    }
}
