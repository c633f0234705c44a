package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import dev.melt.core.file.PartFile;
import dev.melt.core.gguf.GgmlType;
import dev.melt.core.problem.InvalidInputException;

/**
 * What a model will take in memory while llama.cpp runs it on the CPU, in bytes.
 *
 * @param weightBytes the file's tensor data
 * @param keyValueBytes context × Σ over layers of kvHeads × (keyLength × bytes of a key's number + the same for values)
 * @param computeBytes room for intermediate results of one micro-batch; an estimate, see {@link #of}
 */
public record MemoryPrediction(long weightBytes, long keyValueBytes, long computeBytes) {
    private static final int FLOAT_BYTES = 4;
    /** llama.cpp rounds the context up to this many cells. */
    private static final int CELLS = 32;

    /**
     * How the model is going to be run.
     *
     * @param contextTokens cells of the key-value cache
     * @param microBatchTokens evaluated at once
     */
    public record Conditions(
            int contextTokens, int microBatchTokens, GgmlType keyType, GgmlType valueType, boolean flashAttention) {
        public Conditions {
            requireNonNull(keyType, "keyType");
            requireNonNull(valueType, "valueType");
            if (contextTokens < 1 || microBatchTokens < 1) {
                throw new IllegalArgumentException("context and micro-batch must be positive");
            }
        }

        /** A cache in F16, micro-batches of 512, no flash attention. */
        public static Conditions usual(int contextTokens) {
            return new Conditions(contextTokens, 512, GgmlType.F16, GgmlType.F16, false);
        }
    }

    /**
     * Predicts by the dimensions. llama.cpp lays intermediate results over each other, so the compute buffer is as large
     * as the widest step, all in F32: the logits (u × vocabulary + 2 u × embedding), the attention scores (u × heads ×
     * context + 4 u × query length, only without flash attention), or the feed-forward part (2 u × its length + 3 u ×
     * embedding), where u is the smaller of micro-batch and context; and the mask, u × context, beside the latter two.
     */
    public static MemoryPrediction of(ModelDimensions model, long weightBytes, Conditions conditions) {
        long cells = ((long) conditions.contextTokens() + CELLS - 1) / CELLS * CELLS;
        double cellBytes = model.keyLength() * conditions.keyType().bitsPerWeight() / 8
                + model.valueLength() * conditions.valueType().bitsPerWeight() / 8;
        double heads =
                model.keyValueHeads().stream().mapToDouble(Long::doubleValue).sum();
        return new MemoryPrediction(
                weightBytes, Math.round(cells * heads * cellBytes), computeBytes(model, cells, conditions));
    }

    private static long computeBytes(ModelDimensions model, long cells, Conditions conditions) {
        double tokens = Math.min(conditions.microBatchTokens(), cells);
        double mask = cells;
        double logits = model.vocabulary() + 2.0 * model.embedding();
        double scores = conditions.flashAttention() ? 0 : (double) model.heads() * cells;
        double attention = scores + 4.0 * model.heads() * model.keyLength() + mask;
        double feedForward = 2.0 * model.feedForward() + 3.0 * model.embedding() + mask;
        return Math.round(FLOAT_BYTES * tokens * Math.max(logits, Math.max(attention, feedForward)));
    }

    /** The three together; a file's claims can be absurd, so the sum stops at the largest number instead of wrapping. */
    public long totalBytes() {
        return Math.round((double) weightBytes + keyValueBytes + computeBytes) == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : weightBytes + keyValueBytes + computeBytes;
    }

    /**
     * Refuses a model that needs more than there is.
     *
     * @param subject the model's name
     */
    public void requireFits(String subject, long availableBytes) {
        if (totalBytes() > availableBytes) {
            throw new InvalidInputException(
                    subject,
                    PartFile.bytes(totalBytes()) + " of memory needed (weights " + PartFile.bytes(weightBytes)
                            + ", key-value cache " + PartFile.bytes(keyValueBytes) + ", compute "
                            + PartFile.bytes(computeBytes) + ")",
                    PartFile.bytes(availableBytes) + " available",
                    "take a smaller model, quantisation or context, or free memory");
        }
    }
}
