package dev.melt.embedded;

import dev.melt.embedded.llama.LlamaLibrary;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The worker's command line: {@code run --request FILE --events FILE [--native-dir DIR]}, {@code version}, {@code help}.
 *
 * <p>Best started with {@code java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -jar melt-worker.jar}:
 * the worker's own heap is small, and a second compiler or collector would run beside the model.
 */
public final class Main {
    private static final Set<String> OPTIONS = Set.of("--request", "--events", "--native-dir");
    private static final String HELP = """
            usage: java -jar melt-worker.jar run --request FILE --events FILE [--native-dir DIR]
                   java -jar melt-worker.jar version | help

            Runs the turns and questions of a request on llama.cpp and writes one JSON event a line.
              --request FILE     what to do: model, settings, conversations, repeat, score (JSON)
              --events FILE      where the event lines go; llama.cpp's log goes to stderr
              --native-dir DIR   where the native libraries are kept (default: the system's temporary folder)

            exit codes: 0 done, 2 bad request, 3 unusable model, 4 out of memory, 5 other, 130 and 143 interrupted
            """;

    private Main() {}

    /** Ends the JVM by itself: llama.cpp's threads would keep it. */
    public static void main(String[] args) {
        int exitCode = run(args, System.out, System.err);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String command = args.length == 0 ? "help" : args[0];
        return switch (command) {
            case "run" -> runRequest(args, err);
            case "version" -> {
                out.printf(
                        "melt-worker: llama.cpp %s (%s) from de.kherud:llama %s%n",
                        LlamaLibrary.VERSION, LlamaLibrary.COMMIT, LlamaLibrary.JAR_VERSION);
                yield 0;
            }
            case "help", "--help", "-h" -> {
                out.print(HELP);
                yield 0;
            }
            default -> usage(err, command + ": expected run, version or help");
        };
    }

    private static int runRequest(String[] args, PrintStream err) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 1; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length || options.put(args[i], args[i + 1]) != null) {
                return usage(err, args[i] + ": unknown, given twice, or without a value");
            }
        }
        Optional<String> request = Optional.ofNullable(options.get("--request"));
        Optional<String> events = Optional.ofNullable(options.get("--events"));
        if (request.isEmpty() || events.isEmpty()) {
            return usage(err, "run: expected --request and --events");
        }
        String folder = options.getOrDefault("--native-dir", System.getProperty("java.io.tmpdir", "/tmp"));
        return Worker.run(Path.of(request.get()), Path.of(events.get()), Path.of(folder));
    }

    private static int usage(PrintStream err, String problem) {
        err.println(problem);
        err.print(HELP);
        return ErrorKind.BAD_OPTION.exitCode();
    }
}
