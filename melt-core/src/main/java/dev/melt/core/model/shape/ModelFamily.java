package dev.melt.core.model.shape;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way of building a transformer that llama.cpp knows by a name; decides which tensors and metadata a file has. */
public enum ModelFamily {
    LLAMA(Norm.RMS),
    QWEN2(Norm.RMS),
    GEMMA(Norm.RMS),
    GEMMA2(Norm.RMS),
    GEMMA3(Norm.RMS),
    PHI2(Norm.LAYER),
    PHI3(Norm.RMS),
    STABLELM(Norm.LAYER);

    /** How activations are normalised: by their root mean square, or by mean and variance with a bias. */
    public enum Norm {
        RMS,
        LAYER
    }

    private final Norm norm;

    ModelFamily(Norm norm) {
        this.norm = norm;
    }

    /** The family that llama.cpp calls so, or empty. */
    public static Optional<ModelFamily> of(String architecture) {
        return Arrays.stream(values())
                .filter(family -> family.architecture().equals(architecture))
                .findFirst();
    }

    /** The value of {@code general.architecture}, and the prefix of the family's own keys. */
    public String architecture() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Norm norm() {
        return norm;
    }

    boolean isGemma() {
        return this == GEMMA || this == GEMMA2 || this == GEMMA3;
    }

    boolean isPhi2() {
        return this == PHI2;
    }
}
