package dev.melt.core.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads tensor entries one by one and holds each against the rules that llama.cpp loads by. Used once. */
final class TensorTableReader {
    static final long MOST_TENSORS = 1 << 18;
    /** Name length, one letter, number of dimensions, one dimension, type, offset. */
    static final long LEAST_TENSOR_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

    private static final long MOST_NAME_BYTES = 63;

    private final HeaderInput in;
    private final long alignment;
    private final Set<String> names = new HashSet<>();
    private long expectedOffset;
    private boolean expectedOffsetKnown = true;
    private long dataBytes;

    TensorTableReader(HeaderInput in, long alignment) {
        this.in = in;
        this.alignment = alignment;
    }

    /** Where the data of the tensors read so far ends, from the start of the data. */
    long dataBytes() {
        return dataBytes;
    }

    GgufTensor next() throws IOException {
        String name = in.text(MOST_NAME_BYTES, "a tensor's name");
        if (!names.add(name)) {
            throw in.fault("each tensor once expected", "'" + name + "' twice", HeaderInput.AGAIN);
        }
        GgufTensor tensor = new GgufTensor(name, dimensions(name), in.i32(), in.i64());
        checkRow(tensor);
        place(tensor);
        return tensor;
    }

    private List<Long> dimensions(String name) throws IOException {
        int count = in.i32();
        if (count < 1 || count > 4) {
            throw in.fault(
                    "tensor '" + name + "' has one to four dimensions",
                    Integer.toUnsignedString(count) + " found",
                    HeaderInput.AGAIN);
        }
        List<Long> dimensions = new ArrayList<>(count);
        long elements = 1;
        for (int i = 0; i < count; i++) {
            long dimension = in.i64();
            if (dimension < 1 || Math.multiplyHigh(elements, dimension) != 0 || elements * dimension < 0) {
                throw in.fault(
                        "dimensions of tensor '" + name + "' are positive and their product fits 63 bits",
                        "dimension " + i + " is " + dimension,
                        HeaderInput.AGAIN);
            }
            elements *= dimension;
            dimensions.add(dimension);
        }
        return dimensions;
    }

    private void checkRow(GgufTensor tensor) {
        int block = tensor.type().map(GgmlType::blockWeights).orElse(1);
        if (tensor.dimensions().get(0) % block != 0) {
            throw in.fault(
                    "rows of tensor '" + tensor.name() + "' fill whole blocks of " + block + " weights ("
                            + tensor.typeName() + ")",
                    tensor.dimensions().get(0) + " weights a row found",
                    HeaderInput.AGAIN);
        }
    }

    private void place(GgufTensor tensor) {
        long offset = tensor.offset();
        boolean inPlace = expectedOffsetKnown ? offset == expectedOffset : offset >= expectedOffset;
        if (!inPlace || offset < 0 || offset % alignment != 0) {
            throw in.fault(
                    "tensor '" + tensor.name() + "' at offset " + HeaderInput.figure(expectedOffset)
                            + " expected, after the one before it",
                    Long.toUnsignedString(offset) + " found",
                    HeaderInput.AGAIN);
        }
        try {
            dataBytes = Math.addExact(offset, tensor.bytes().orElse(0));
            expectedOffset = Math.addExact(dataBytes, alignment - 1) / alignment * alignment;
        } catch (ArithmeticException e) {
            throw in.fault(
                    "tensor '" + tensor.name() + "' fits into a file",
                    "dimensions " + tensor.dimensions() + " of " + tensor.typeName() + " at offset " + offset
                            + " overflow 63 bits",
                    HeaderInput.AGAIN);
        }
        expectedOffsetKnown = tensor.type().isPresent();
    }
}
