package dev.melt.embedded.llama;

import dev.melt.embedded.llama.LlamaException.Reason;
import java.nio.file.Path;
import java.util.List;

/** Tells from llama.cpp's log why a model or a context could not be made: the call itself only answers null. */
final class LoadFailure {
    private static final List<String> MEMORY = List.of(
            "failed to allocate",
            "unable to allocate",
            "insufficient memory",
            "out of memory",
            "bad_alloc",
            "Cannot allocate memory",
            "vector::_M_",
            "failed to reserve");
    private static final List<String> CORRUPT = List.of(
            "invalid magic",
            "not within the file bounds",
            "failed to read",
            "corrupted or incomplete",
            "failed to load model from",
            "invalid GGUF",
            "duplicate",
            "is not a power of 2",
            "has offset",
            "unexpectedly reached end of file",
            "read error");
    private static final List<String> OPTION =
            List.of("V cache quantization requires", "does not divide", "does not support");

    private LoadFailure() {}

    static LlamaException of(EngineLog log, Path file) {
        Reason reason = Reason.MODEL_UNSUPPORTED;
        if (saysOneOf(log, MEMORY)) {
            reason = Reason.OUT_OF_MEMORY;
        } else if (saysOneOf(log, CORRUPT)) {
            reason = Reason.MODEL_CORRUPT;
        }
        return new LlamaException(reason, file + ": " + log.errors());
    }

    static LlamaException ofContext(EngineLog log) {
        Reason reason = saysOneOf(log, OPTION) ? Reason.BAD_OPTION : Reason.BACKEND;
        if (saysOneOf(log, MEMORY)) {
            reason = Reason.OUT_OF_MEMORY;
        }
        return new LlamaException(reason, "context: " + log.errors());
    }

    private static boolean saysOneOf(EngineLog log, List<String> texts) {
        String errors = log.errors();
        return texts.stream().anyMatch(errors::contains);
    }
}
