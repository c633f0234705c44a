package dev.melt.engines.failure;

import dev.melt.core.event.EngineError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Names a failure by the words that engines print. To be asked only when a run failed, and only about logs: a model may well
 * generate "Segmentation fault". The first family that fits wins; a shortage of memory stands before a crash, because an abort
 * for want of memory shows both.
 */
public final class FailureWords {
    private record Family(String kind, Pattern words) {
        Family(String kind, String words) {
            this(kind, Pattern.compile(words));
        }
    }

    private static final List<Family> FAMILIES = List.of(
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
                    "Segmentation fault|\\bAborted\\b|GGML_ASSERT|terminate called after|Received signal [0-9]+|terminated due to signal [0-9]+"));

    private FailureWords() {}

    /** The failure that these lines tell of, with the line that says so; empty where none is known. */
    public static Optional<EngineError> in(List<String> lines) {
        for (Family family : FAMILIES) {
            for (String line : lines) {
                if (family.words().matcher(line).find()) {
                    return Optional.of(new EngineError(family.kind(), line.strip(), OptionalInt.empty()));
                }
            }
        }
        return Optional.empty();
    }
}
