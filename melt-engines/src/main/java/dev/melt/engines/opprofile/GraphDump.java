package dev.melt.engines.opprofile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.profile.SummaryLine;
import dev.melt.core.profile.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What llama.cpp prints when it was built with {@code GGML_PERF}: after each evaluation the graph, a line a node, and a
 * summary by operator, among whatever else the process prints. Everything that is none of these lines is passed over.
 */
final class GraphDump {
    static final byte[] NODES = "n_nodes = ".getBytes(US_ASCII);
    private static final byte[] LEAFS = "n_leafs = ".getBytes(US_ASCII);
    private static final byte[] SUMMARY = "perf_total_per_op_us[".getBytes(US_ASCII);
    private static final byte[] TENSOR = "llama_model_loader: - tensor ".getBytes(US_ASCII);
    private static final Pattern WEIGHT =
            Pattern.compile("- tensor +([0-9]+): +(\\S+) +(\\S+) +\\[ *([0-9]{1,15}(?: *, *[0-9]{1,15})*) *\\]");
    private static final Pattern COMMA = Pattern.compile(" *, *");

    private final LogLines line;
    private final ProfileSink sink;
    private final GraphSequence graphs;
    private final Map<String, String> known = new HashMap<>();

    private GraphDump(InputStream in, ProfileSink sink) {
        this.line = new LogLines(in);
        this.sink = sink;
        this.graphs = new GraphSequence(sink);
    }

    /**
     * Reads a log to its end.
     *
     * @throws UnknownOutputException when there is no graph in it
     */
    static void read(InputStream in, ProfileSink sink) throws IOException, UnknownOutputException {
        new GraphDump(in, sink).run();
    }

    private void run() throws IOException, UnknownOutputException {
        while (line.next()) {
            Optional<GraphRow> row = GraphRow.in(line, known);
            if (row.isPresent()) {
                graphs.row(row.get());
            } else if (line.from() < line.to()) {
                other();
            }
        }
        graphs.end();
        if (graphs.isEmpty()) {
            throw new UnknownOutputException(
                    "llama.cpp per-op log: lines 'n_nodes = N' with a line for each node expected," + " none found");
        }
    }

    private void other() {
        int nodes = line.find(NODES, line.from());
        if (nodes >= 0) {
            Cursor count = new Cursor(line.bytes(), nodes + NODES.length, line.to());
            long announced = count.whole();
            if (count.ok()) {
                graphs.begin(announced);
            }
        } else if (line.find(LEAFS, line.from()) >= 0) {
            graphs.end();
        } else if (line.find(SUMMARY, line.from()) >= 0) {
            summary(line.find(SUMMARY, line.from()) + SUMMARY.length);
        } else if (line.find(TENSOR, line.from()) >= 0) {
            weight();
        }
    }

    private void summary(int at) {
        graphs.end();
        Cursor cursor = new Cursor(line.bytes(), at, line.to());
        cursor.blanks();
        int opAt = cursor.at();
        cursor.skipPast(']');
        int opEnd = cursor.at() - 1;
        cursor.expect('=');
        cursor.blanks();
        long nanos = cursor.millis();
        cursor.expect('m');
        if (!cursor.ok() || opEnd <= opAt) {
            sink.fault("a summary line that is not whole");
            return;
        }
        String op = new String(line.bytes(), opAt, opEnd - opAt, US_ASCII);
        graphs.last().ifPresent(graph -> sink.summary(new SummaryLine(graph, op, nanos)));
    }

    private void weight() {
        Matcher found = WEIGHT.matcher(line.text());
        if (found.find()) {
            if (found.group(1).equals("0")) {
                graphs.newProcess();
            }
            Stream<Long> dimensions = Arrays.stream(COMMA.split(found.group(4))).map(Long::valueOf);
            sink.weight(new Weight(found.group(2), found.group(3), dimensions.toList()));
        }
    }
}
