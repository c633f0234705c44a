package dev.melt.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a per-op log in the form of a llama.cpp with {@code GGML_PERF}, of a model of 32 layers: a warm-up, two prompts and
 * decoding steps. The operators and their order are those of such a graph; the times are drawn from a seed.
 */
final class PerOpLog {
    static final int GRAPHS = 29;
    static final int NODES = 1124;
    static final int ROWS = GRAPHS * NODES;

    private static final int LEAFS = 326;
    private static final List<String> LAYER = List.of(
            "RMS_NORM",
            "MUL",
            "MUL_MAT",
            "RESHAPE",
            "VIEW",
            "ROPE",
            "MUL_MAT",
            "RESHAPE",
            "ROPE",
            "MUL_MAT",
            "VIEW",
            "CPY",
            "RESHAPE",
            "TRANSPOSE",
            "VIEW",
            "CPY",
            "VIEW",
            "VIEW",
            "PERMUTE",
            "MUL_MAT",
            "SOFT_MAX",
            "MUL_MAT",
            "PERMUTE",
            "CONT",
            "MUL_MAT",
            "ADD",
            "RMS_NORM",
            "MUL",
            "MUL_MAT",
            "UNARY",
            "MUL_MAT",
            "MUL",
            "MUL_MAT",
            "ADD",
            "SCALE");

    private final Random random = new Random(42);

    /** Writes the log; the same at every call. */
    static void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            new PerOpLog().write(out);
        }
    }

    private void write(BufferedWriter out) throws IOException {
        for (int i = 0; i < 291; i++) {
            out.write(format(
                    "llama_model_loader: - tensor %4d: %32s %-8s [ %5d, %5d, %5d, %5d ]\n",
                    i, "blk." + i / 9 + ".part" + i % 9 + ".weight", i % 9 == 0 ? "f32" : "q4_0", 4096, 4096, 1, 1));
        }
        List<String> nodes = nodes();
        for (int graph = 0; graph < GRAPHS; graph++) {
            out.write(graph < 4 ? "=== GRAPH ===\n" : " word" + graph + "=== GRAPH ===\n");
            graph(out, nodes, graph == 0 ? 2 : graph == 2 ? 3 : 1);
        }
    }

    private static List<String> nodes() {
        List<String> nodes = new ArrayList<>(List.of("GET_ROWS"));
        while (nodes.size() < NODES - 3) {
            nodes.add(LAYER.get((nodes.size() - 1) % LAYER.size()));
        }
        nodes.addAll(List.of("RMS_NORM", "MUL", "MUL_MAT"));
        return nodes;
    }

    private void graph(BufferedWriter out, List<String> nodes, int tokens) throws IOException {
        out.write("n_nodes = " + nodes.size() + "\n");
        for (int i = 0; i < nodes.size(); i++) {
            double wall = nodes.get(i).equals("MUL_MAT") ? random.nextInt(4000) / 1e3 : random.nextInt(40) / 1e3;
            double cpu = wall * (1 + random.nextInt(3));
            out.write(format(
                    " - %3d: [ %5d, %5d, %5d] %16s   (%3d) cpu = %7.3f / %7.3f ms, wall = %7.3f / %7.3f ms\n",
                    i, 4096, tokens, 1, nodes.get(i), 1, cpu, cpu, wall, wall));
        }
        out.write("n_leafs = " + LEAFS + "\n");
        for (int i = 0; i < LEAFS; i++) {
            out.write(format(" - %3d: [ %5d, %5d] %8s %16s\n", i, 4096, 4096, "NONE", "blk." + i / 9 + ".weight"));
        }
        for (String op : nodes.stream().distinct().sorted().toList()) {
            out.write(format("perf_total_per_op_us[%16s] = %7.3f ms\n", op, random.nextInt(100000) / 1e3));
        }
        out.write("=".repeat(40) + "\n");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
