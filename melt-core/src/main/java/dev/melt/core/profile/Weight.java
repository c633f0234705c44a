package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A tensor of the model file, as the engine lists it when it loads.
 *
 * @param type its element type, such as {@code q4_0}
 * @param dimensions innermost first
 */
public record Weight(String name, String type, List<Long> dimensions) {
    public Weight {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        dimensions = List.copyOf(dimensions);
    }
}
