package dev.melt.embedded.llama;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Times every operator of a graph: asked before each node, the scheduler evaluates it by itself and reports it.
 *
 * <p>This takes the overlap out of the engine, so it has no place in a timed trial. Nodes that only give another view
 * of a tensor compute nothing and go along with the next one. The layout of {@code struct ggml_tensor} is b4916's.
 */
public final class OperatorTrace implements Callbacks.Eval {
    private static final Set<String> VIEWS = Set.of("NONE", "RESHAPE", "VIEW", "PERMUTE", "TRANSPOSE");
    private static final int TYPE = 0;
    private static final int DIMENSIONS = 16;
    private static final int SOURCES = 152;
    private static final int NAME = 256;
    private static final int NAME_LENGTH = 64;
    private static final byte ALONE = 1;
    private static final byte WITH_THE_NEXT = 0;

    private final LongSupplier clock;
    private final Map<Long, String> ops = new HashMap<>();
    private final Map<Integer, String> types = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final List<Operator> operators = new ArrayList<>();
    private boolean recording;
    private int graph;
    private String firstName = "";
    private long startNanos;

    public OperatorTrace(LongSupplier clock) {
        this.clock = clock;
    }

    /** Starts over with graph 0. */
    public void start() {
        operators.clear();
        graph = 0;
        firstName = "";
        recording = true;
    }

    public void stop() {
        recording = false;
    }

    /** What ran since the last call. */
    public List<Operator> take() {
        List<Operator> taken = List.copyOf(operators);
        operators.clear();
        return taken;
    }

    @Override
    public byte invoke(long tensor, byte ask, long userData) {
        if (ask == 0) {
            long endNanos = clock.getAsLong();
            record(new Pointer(tensor), op(tensor), endNanos);
            return ALONE;
        }
        if (!recording || VIEWS.contains(op(tensor))) {
            return WITH_THE_NEXT;
        }
        startNanos = clock.getAsLong();
        return ALONE;
    }

    private String op(long tensor) {
        return ops.computeIfAbsent(LlamaC.ggml_op_desc(tensor), text -> new Pointer(text).getString(0));
    }

    private void record(Pointer tensor, String op, long endNanos) {
        byte[] bytes = tensor.getByteArray(NAME, NAME_LENGTH);
        int length = 0;
        while (length < NAME_LENGTH && bytes[length] != 0) {
            length++;
        }
        String name = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (firstName.isEmpty()) {
            firstName = name;
        } else if (firstName.equals(name)) {
            graph++;
        }
        long first = tensor.getLong(SOURCES);
        long second = tensor.getLong(SOURCES + 8);
        String type = type(first == 0 ? tensor : new Pointer(first));
        operators.add(
                new Operator(graph, op, once(name), type, once(shape(first, second, tensor)), startNanos, endNanos));
    }

    /** Graphs repeat each other: a long turn has a hundred thousand operators and some hundred texts. */
    private String once(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }

    private String type(Pointer tensor) {
        return types.computeIfAbsent(tensor.getInt(TYPE), LlamaC::ggml_type_name);
    }

    private static String shape(long first, long second, Pointer result) {
        StringBuilder text = new StringBuilder();
        if (first != 0) {
            append(text, new Pointer(first));
        }
        if (second != 0) {
            append(text.append(" x "), new Pointer(second));
        }
        append(text.append(text.isEmpty() ? "-> " : " -> "), result);
        return text.toString();
    }

    private static void append(StringBuilder text, Pointer tensor) {
        long[] sizes = tensor.getLongArray(DIMENSIONS, 4);
        text.append('[').append(sizes[0]);
        for (int i = 1; i < sizes.length; i++) {
            text.append(',').append(sizes[i]);
        }
        text.append(']');
    }
}
