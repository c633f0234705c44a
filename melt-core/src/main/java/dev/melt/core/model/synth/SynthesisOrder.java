package dev.melt.core.model.synth;

import static java.util.Objects.requireNonNull;

import dev.melt.core.model.shape.ModelShape;
import dev.melt.core.model.shape.Quantisation;

/** What to make: the same order always gives the same file, byte for byte. */
public record SynthesisOrder(ModelShape shape, Quantisation quantisation, long seed) {
    public static final long DEFAULT_SEED = 42;

    public SynthesisOrder {
        requireNonNull(shape, "shape");
        requireNonNull(quantisation, "quantisation");
    }

    /** {@code tinyllama-1.1b-q4_0}, with {@code -seed7} behind it when the seed is not the usual one. */
    public String modelName() {
        return shape.name() + "-" + quantisation.label() + (seed == DEFAULT_SEED ? "" : "-seed" + seed);
    }

    /** Size of the file, in bytes. */
    public long bytes() {
        var header = SyntheticHeader.of(this);
        return header.headerBytes() + header.dataBytes();
    }
}
