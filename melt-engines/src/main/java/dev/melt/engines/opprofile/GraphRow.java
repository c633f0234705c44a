package dev.melt.engines.opprofile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A node's line in a dump of ggml:
 * {@code - 4: [ 512, 25, 1] MUL_MAT x ( 1) cpu = 0.657 / 0.657 ms, wall = 0.599 / 0.599 ms}. The letter behind the operator
 * marks parameters and gradients. The first of each two times is of all runs together, the second is not a number where
 * there were none.
 *
 * @param shape of the result
 */
record GraphRow(int node, String op, long tokens, String shape, long runs, long cpuNanos, long wallNanos) {
    private static final byte[] SHAPE = ": [".getBytes(US_ASCII);
    private static final byte[] CPU = "cpu =".getBytes(US_ASCII);
    private static final byte[] WALL = "wall =".getBytes(US_ASCII);
    private static final int LARGEST_NODE = 1_000_000;

    /** What the line says; anything may stand before the dash. Texts are taken from {@code known}, for graphs repeat. */
    static Optional<GraphRow> in(LogLines line, Map<String, String> known) {
        int cpu = line.find(CPU, line.from());
        int wall = cpu < 0 ? -1 : line.find(WALL, cpu);
        if (wall < 0) {
            return Optional.empty();
        }
        for (int at = line.find(SHAPE, line.from()); at >= 0 && at < cpu; at = line.find(SHAPE, at + 1)) {
            int node = nodeBefore(line, at);
            if (node >= 0) {
                return parse(line, node, at + 2, cpu, wall, known);
            }
        }
        return Optional.empty();
    }

    /** The number that ends at {@code end}, with a dash and blanks in front; -1 when there is none. */
    private static int nodeBefore(LogLines line, int end) {
        byte[] bytes = line.bytes();
        int start = end;
        while (start > line.from() && bytes[start - 1] >= '0' && bytes[start - 1] <= '9') {
            start--;
        }
        int dash = start;
        while (dash > line.from() && bytes[dash - 1] == ' ') {
            dash--;
        }
        if (start == end || dash == start || dash == line.from() || bytes[dash - 1] != '-') {
            return -1;
        }
        long number = new Cursor(bytes, start, end).whole();
        return number < LARGEST_NODE ? (int) number : -1;
    }

    private static Optional<GraphRow> parse(
            LogLines line, int node, int shapeAt, int cpuAt, int wallAt, Map<String, String> known) {
        byte[] bytes = line.bytes();
        Cursor head = new Cursor(bytes, shapeAt, cpuAt);
        head.expect('[');
        long first = head.whole();
        head.expect(',');
        long second = head.whole();
        head.expect(',');
        long third = head.whole();
        head.expect(']');
        head.blanks();
        int opAt = head.at();
        head.word();
        int opEnd = head.at();
        head.skipPast('(');
        long runs = head.whole();
        head.expect(')');
        Cursor cpu = new Cursor(bytes, cpuAt + CPU.length, wallAt);
        long cpuNanos = cpu.millis();
        Cursor wall = new Cursor(bytes, wallAt + WALL.length, line.to());
        long wallNanos = wall.millis();
        wall.expect('/');
        wall.word(); // of one run, or nan
        wall.expect('m'); // a line that is cut off before its unit may lack digits too
        if (!head.ok() || !cpu.ok() || !wall.ok() || runs > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        String op = once(new String(Arrays.copyOfRange(bytes, opAt, opEnd), UTF_8), known);
        String shape = once("[" + first + "," + second + "," + third + "]", known);
        return Optional.of(new GraphRow(node, op, second, shape, runs, cpuNanos, wallNanos));
    }

    private static String once(String text, Map<String, String> known) {
        String same = known.putIfAbsent(text, text);
        return same == null ? text : same;
    }
}
