package dev.melt.core.model.synth;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.PartFile;
import dev.melt.core.gguf.GgmlType;
import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.gguf.GgufTensor;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a GGUF v3 file of any shape with random weights. Memory use does not grow with the model: weights are cut from a
 * few pools of random blocks. Norms are one, biases zero, and matrices are scaled so that activations keep their size from
 * layer to layer, whatever the depth. Used once; not thread-safe.
 */
public final class GgufSynthesizer {
    private static final int VECTOR_CHUNK_BYTES = 1 << 16;

    private final SynthesisOrder order;
    private final ByteProgress progress;
    private final Map<String, BlockPool> pools = new HashMap<>();

    public GgufSynthesizer(SynthesisOrder order, ByteProgress progress) {
        this.order = order;
        this.progress = progress;
    }

    /**
     * Makes the file; it appears under its name only when it is whole.
     *
     * @throws dev.melt.core.problem.InvalidInputException when the disk has no room or cannot be written
     */
    public void write(Path target) {
        GgufHeader header = SyntheticHeader.of(order);
        long total = header.headerBytes() + header.dataBytes();
        try (PartFile part = PartFile.open(target)) {
            part.truncate(0);
            try {
                part.reserve(total);
                write(header, total, part);
            } catch (InvalidInputException e) {
                part.discard(); // half a synthetic file is worth nothing, and the disk may be full
                throw e;
            }
            part.complete();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + target, e);
        }
    }

    private void write(GgufHeader header, long total, PartFile part) throws IOException {
        long done = header.writeTo(part);
        for (GgufTensor tensor : header.tensors()) {
            write(tensor, part);
            done += GgufHeader.padded(tensor.bytes().orElseThrow());
            progress.at(done, total);
        }
    }

    private void write(GgufTensor tensor, PartFile part) throws IOException {
        long bytes = tensor.bytes().orElseThrow();
        GgmlType type = tensor.type().orElseThrow();
        if (type == GgmlType.F32) {
            writeVector(part, tensor.elements(), tensor.name().endsWith(".bias") ? 0f : 1f);
        } else {
            long rowLength = tensor.dimensions().get(0);
            pools.computeIfAbsent(type + "x" + rowLength, key -> new BlockPool(type, rowLength, order.seed()))
                    .write(part, bytes, SplitMix.of(order.seed(), tensor.name()));
        }
        part.write(ByteBuffer.allocate((int) (GgufHeader.padded(bytes) - bytes)));
    }

    private static void writeVector(PartFile part, long count, float value) {
        int chunk = (int) Math.min(count, VECTOR_CHUNK_BYTES / Float.BYTES);
        ByteBuffer values = ByteBuffer.allocate(chunk * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            values.putFloat(value);
        }
        for (long left = count; left > 0; left -= chunk) {
            values.position(0).limit((int) Math.min(left, chunk) * Float.BYTES);
            part.write(values);
        }
    }
}
