package dev.melt.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Uses MELT's commands once each in one process, in a home that is thrown away. The launcher runs this after a build under
 * {@code -XX:ArchiveClassesAtExit}, so that later starts find the classes parsed and verified; what it prints nobody
 * reads. The small run is what makes a real one start in half the time, and its trials pass without a class to load.
 */
public final class Rehearsal {
    /** How the id of any run begins: with its year. */
    private static final String ONLY_RUN = "2";

    private static final Path EXPORT = Path.of(System.getProperty("melt.rehearsal", "rehearsal"));
    private static final String OPERATORS = EXPORT.resolveSibling("perop.log").toString();

    /** Reading nothing loads what reading something needs, and ends at once. */
    private static final List<String> KINDS = List.of(
            "events",
            "executorch",
            "genie",
            "litert-lm",
            "llama-server",
            "llama.cpp",
            "melt-llama.cpp",
            "mlc-llm",
            "mllm",
            "mlx",
            "mnn",
            "onnxruntime-genai");

    static final List<List<String>> SCENES = List.of(
            List.of("--help"),
            List.of("--version"),
            List.of("doctor", "--help"),
            List.of("doctor"),
            List.of("devices"),
            List.of("devices", "--json"),
            List.of("models", "list"),
            List.of("models", "show", "tiny", "--json"),
            List.of("workloads", "list"),
            List.of("workloads", "show", "pp64-tg32"),
            List.of("runs"),
            List.of("parse", "--list"),
            List.of("no-such-command"),
            words("run --device local --model tiny --workload pp8-tg2 --trials 2 --idle 0s --timeout 1m"),
            List.of("runs"),
            List.of("show", ONLY_RUN),
            List.of("explain", ONLY_RUN),
            List.of("ops", ONLY_RUN),
            List.of("ops", OPERATORS),
            List.of("ops", OPERATORS, "--by", "call", "--csv", OPERATORS + ".csv"),
            List.of("export", "csv", ONLY_RUN, "-o", EXPORT.toString()));

    private Rehearsal() {}

    /** Entry point; a folder as argument gets SQLite's library, which would be unpacked at every start otherwise. */
    public static void main(String[] args) throws ClassNotFoundException, IOException {
        Class.forName("dev.melt.cli.Main");
        if (args.length > 0) {
            unpackSqlite(Path.of(args[0]));
        }
        Files.createDirectories(EXPORT.toAbsolutePath().getParent());
        Files.writeString(Path.of(OPERATORS), """
                n_nodes = 1
                 -   0: [  64,   2,   1]  GET_ROWS   (  1) cpu =   0.003 /   0.003 ms, wall =   0.002 /   0.002 ms
                perf_total_per_op_us[        GET_ROWS] =   0.002 ms
                """);
        for (List<String> scene : SCENES) {
            ProcessStreams.run(scene.toArray(String[]::new));
        }
        for (String kind : KINDS) {
            ProcessStreams.run(new String[] {"parse", kind, "-", "--json"});
        }
    }

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1));
    }

    private static void unpackSqlite(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
            if (library != null) { // else this platform has none, and SQLite says so itself
                Files.copy(library, Files.createDirectories(folder).resolve(name));
            }
        }
    }
}
