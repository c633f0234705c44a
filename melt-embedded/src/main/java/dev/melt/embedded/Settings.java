package dev.melt.embedded;

import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.Sampler;

/**
 * How the engine is set up.
 *
 * @param warmup whether some tokens are evaluated uncounted before the first turn
 */
record Settings(LlamaContext.Shape shape, boolean mmap, boolean mlock, Sampler.Choice choice, boolean warmup) {
    Settings {
        if (shape.values().quantized() && !shape.flashAttention()) {
            throw new WorkerException(
                    ErrorKind.BAD_OPTION,
                    "settings.cache_type_v: " + shape.values().label() + " needs flash_attention true");
        }
        if (shape.ubatch() > shape.batch()) {
            throw new WorkerException(
                    ErrorKind.BAD_OPTION,
                    "settings.ubatch: expected at most the batch, " + shape.batch() + ", found " + shape.ubatch());
        }
    }
}
