package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What formulas need to know of the model; each empty where it is not known.
 *
 * @param bytes of the model's file or files on disk
 * @param parameters number of weights
 * @param kvBytes of the whole KV cache
 * @param kvBytesPerPosition of the KV cache for one position of the context
 * @param kvSource {@code engine} where the engine reported the cache, {@code shape} where it was computed
 */
public record ModelFacts(
        OptionalLong bytes,
        OptionalLong parameters,
        OptionalLong kvBytes,
        OptionalDouble kvBytesPerPosition,
        String kvSource) {
    /** Nothing is known. */
    public static final ModelFacts UNKNOWN = new ModelFacts(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), "shape");

    public ModelFacts {
        requireNonNull(bytes, "bytes");
        requireNonNull(parameters, "parameters");
        requireNonNull(kvBytes, "kvBytes");
        requireNonNull(kvBytesPerPosition, "kvBytesPerPosition");
        requireNonNull(kvSource, "kvSource");
    }
}
