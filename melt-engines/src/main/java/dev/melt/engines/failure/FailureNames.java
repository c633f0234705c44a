package dev.melt.engines.failure;

import dev.melt.core.event.EngineError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names a failure by the words that engines print, or else by the exit code. To be asked only when a run failed, and only about
 * logs: a model may well generate "Segmentation fault". The first family that fits wins; a shortage of memory stands before a
 * crash, because an abort for want of memory shows both. Immutable.
 */
public final class FailureNames {
    private record Family(String kind, Pattern words) {
        Family(String kind, String words) {
            this(kind, Pattern.compile(words));
        }
    }

    private static final int SIGNALLED = 128;
    private static final int INTERRUPTED = SIGNALLED + 2;
    private static final int KILLED = SIGNALLED + 9;

    /** By which all engines tell of failures. */
    public static final FailureNames SHARED = new FailureNames(
            List.of(
                    new Family(
                            "model_missing",
                            "failed to open GGUF file|error loading model: failed to open|could not load model from given file path|Load failed: 34\\b"),
                    new Family(
                            "model_corrupt",
                            "invalid magic characters|not within the file bounds|failed to read key-value pairs"
                                    + "|failed to read tensor info|InvalidProgram"),
                    new Family(
                            "model_unsupported",
                            "unknown model architecture|missing tensor|tensor '[^']*' not found|wrong shape|OperatorMissing"
                                    + "|Op specific validation failed"),
                    new Family(
                            "out_of_memory",
                            "(?i:failed to allocate|unable to allocate|out of memory|insufficient memory)"
                                    + "|CL_OUT_OF_(?:HOST_MEMORY|RESOURCES)|CL_MEM_OBJECT_ALLOCATION_FAILURE"
                                    + "|CL_INVALID_BUFFER_SIZE|ErrorOutOfDeviceMemory|VK_ERROR_OUT_OF_DEVICE_MEMORY"
                                    + "|std::bad_alloc|MemoryAllocationFailed|weight size may be larger"
                                    + "|Failed to find available PD"),
                    new Family(
                            "backend_init",
                            "Unable to find a valid interface|Failed to create device|Unable to load Remote symbols"
                                    + "|create context from binary|dlopen failed|CANNOT LINK EXECUTABLE"
                                    + "|error while loading shared libraries|Could not start com\\.apple\\.debugserver"
                                    + "|Could not start service:"),
                    new Family("backend_runtime", "clEnqueue|failed to invoke|CUDA error"),
                    new Family("input_missing", "failed to open file"),
                    new Family(
                            "prompt_too_long",
                            "prompt is too long|exceeds the available context size|\"truncated\"\\s*:\\s*true"),
                    new Family(
                            "bad_option",
                            "invalid argument|unknown argument|(?i:unknown option)|Missing required argument|invalid parameter"),
                    new Family("interrupted", "Interrupted by user"),
                    new Family(
                            "crashed",
                            "Segmentation fault|\\bAborted\\b|GGML_ASSERT|terminate called after|Received signal [0-9]+|terminated due to signal [0-9]+")),
            Set.of());

    private final List<Family> families;
    private final Set<String> harmless;

    private FailureNames(List<Family> families, Set<String> harmless) {
        this.families = List.copyOf(families);
        this.harmless = Set.copyOf(harmless);
    }

    /** Words by which one engine alone tells of a failure of this kind, when none before them does. */
    public FailureNames then(String kind, String regex) {
        List<Family> more = new ArrayList<>(families);
        more.add(new Family(kind, regex));
        return new FailureNames(more, harmless);
    }

    /** The same where a kind is how a good run ends, too. */
    public FailureNames without(String kind) {
        Set<String> more = new HashSet<>(harmless);
        more.add(kind);
        return new FailureNames(families, more);
    }

    /** The failure that these lines tell of, with the line that says so; empty where none is known. */
    public Optional<EngineError> in(List<String> lines) {
        return families.stream()
                .filter(family -> !harmless.contains(family.kind()))
                .flatMap(family -> lines.stream()
                        .filter(line -> family.words().matcher(line).find())
                        .limit(1)
                        .map(line -> error(family.kind(), line.strip())))
                .findFirst();
    }

    /**
     * The failure that an exit code tells of; empty for 0.
     *
     * @param lines that the process printed, of which the last may say more
     */
    public Optional<EngineError> ofExitCode(int code, List<String> lines) {
        return named(code, lines).filter(error -> !harmless.contains(error.kind()));
    }

    private static Optional<EngineError> named(int code, List<String> lines) {
        return switch (code) {
            case 0 -> Optional.empty();
            case KILLED ->
                Optional.of(error(
                        "out_of_memory", "killed by signal 9 without a word, as systems do that run out of memory"));
            case INTERRUPTED -> Optional.of(error("interrupted", "exit code " + code));
            default ->
                Optional.of(error(
                        "crashed",
                        code > SIGNALLED
                                ? "ended by signal " + (code - SIGNALLED)
                                : "ended with exit code " + code + lastOf(lines)));
        };
    }

    private static String lastOf(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((a, b) -> b)
                .map(line -> " after: " + line.strip())
                .orElse("");
    }

    private static EngineError error(String kind, String message) {
        return new EngineError(kind, message, OptionalInt.empty());
    }
}
