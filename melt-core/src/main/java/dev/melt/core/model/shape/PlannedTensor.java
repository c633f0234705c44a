package dev.melt.core.model.shape;

import static java.util.Objects.requireNonNull;

/**
 * One tensor that a model of some shape has.
 *
 * @param rowLength the first dimension, along which weights are quantised
 * @param rows the second dimension; 1 for a vector
 */
public record PlannedTensor(String name, Role role, Layer layer, long rowLength, long rows) {

    /** What a tensor is for, as far as quantising treats it apart. */
    public enum Role {
        EMBEDDING,
        OUTPUT,
        QUERY,
        KEY,
        VALUE,
        QUERY_KEY_VALUE,
        ATTENTION_OUTPUT,
        UP,
        DOWN,
        /** A vector of ones, kept in F32. */
        SCALE,
        /** A vector of zeros, kept in F32. */
        BIAS
    }

    /** Which layer of how many; both 0 outside the layers. */
    public record Layer(int index, int count) {
        static final Layer NONE = new Layer(0, 0);

        /** Whether llama.cpp's medium mixes spend more bits here: the first and last eighth, and each third between. */
        boolean favoured() {
            return index < count / 8 || index >= 7 * count / 8 || (index - count / 8) % 3 == 2;
        }
    }

    public PlannedTensor {
        requireNonNull(name, "name");
        requireNonNull(role, "role");
        requireNonNull(layer, "layer");
    }

    public long elements() {
        return rowLength * rows;
    }

    public boolean isVector() {
        return role == Role.SCALE || role == Role.BIAS;
    }
}
