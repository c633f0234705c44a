package dev.melt.core.gguf;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of the tensor table.
 *
 * @param dimensions one to four, the row length first
 * @param typeId ggml's id, which may be newer than {@link GgmlType}
 * @param offset in bytes from the start of the tensor data
 */
public record GgufTensor(String name, List<Long> dimensions, int typeId, long offset) {
    public GgufTensor {
        requireNonNull(name, "name");
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.size() > 4) {
            throw new IllegalArgumentException(name + ": one to four dimensions, were " + dimensions.size());
        }
    }

    public Optional<GgmlType> type() {
        return GgmlType.ofId(typeId);
    }

    /** The name of the type, or its bare id when it is unknown. */
    public String typeName() {
        return type().map(Enum::name).orElse("type " + typeId);
    }

    /** How many weights it holds. */
    public long elements() {
        return dimensions.stream().reduce(1L, Math::multiplyExact);
    }

    /** Bytes of its data without padding; empty when the type is unknown. */
    public OptionalLong bytes() {
        return type().map(type -> OptionalLong.of(type.bytesOf(elements()))).orElse(OptionalLong.empty());
    }
}
