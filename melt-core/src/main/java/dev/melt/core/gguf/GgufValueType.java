package dev.melt.core.gguf;

import java.util.Optional;

/** The types that a metadata value can have; the id is the one in the file. */
public enum GgufValueType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 8),
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    private static final GgufValueType[] BY_ID = values();

    private final int id;
    private final int leastBytes;

    GgufValueType(int id, int leastBytes) {
        this.id = id;
        this.leastBytes = leastBytes;
    }

    static Optional<GgufValueType> ofId(int id) {
        return id >= 0 && id < BY_ID.length ? Optional.of(BY_ID[id]) : Optional.empty();
    }

    int id() {
        return id;
    }

    /** The least number of bytes that a value of this type takes in a file; exact for all but texts and arrays. */
    int leastBytes() {
        return leastBytes;
    }

    boolean fixedSize() {
        return this != STRING && this != ARRAY;
    }
}
