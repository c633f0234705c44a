package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import dev.melt.core.gguf.GgufFile;
import dev.melt.core.gguf.GgufValue;
import dev.melt.core.problem.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a file's metadata says about the size of its model, as far as memory depends on it.
 *
 * @param context tokens that it was trained for
 * @param heads attention heads, the most that any layer has
 * @param keyValueHeads of each layer in turn; 0 in a layer without attention
 * @param keyLength length of one head's key
 * @param valueLength length of one head's value
 * @param feedForward the longest of any layer
 */
public record ModelDimensions(
        String architecture,
        long vocabulary,
        long context,
        long embedding,
        long heads,
        List<Long> keyValueHeads,
        long keyLength,
        long valueLength,
        long feedForward) {
    private static final long MOST_LAYERS = 1024;
    private static final long MOST = 1L << 24;

    public ModelDimensions {
        requireNonNull(architecture, "architecture");
        keyValueHeads = List.copyOf(keyValueHeads);
    }

    /**
     * Reads them from the metadata.
     *
     * @throws InvalidInputException when one is missing or out of all bounds
     */
    public static ModelDimensions of(GgufFile file) {
        return new Reader(file).read();
    }

    public int layers() {
        return keyValueHeads.size();
    }

    private record Reader(GgufFile file) {
        ModelDimensions read() {
            String architecture = file.architecture()
                    .orElseThrow(() -> fault("general.architecture, a text, expected", "it is missing"));
            String prefix = architecture + ".";
            long layers = between(1, MOST_LAYERS, prefix + "block_count");
            long embedding = between(1, MOST, prefix + "embedding_length");
            long heads = largest(prefix + "attention.head_count", 0);
            long headLength = heads == 0 ? 0 : embedding / heads;
            return new ModelDimensions(
                    architecture,
                    vocabulary(prefix),
                    between(1, MOST, prefix + "context_length"),
                    embedding,
                    heads,
                    keyValueHeads(prefix, layers, heads),
                    optional(prefix + "attention.key_length", headLength),
                    optional(prefix + "attention.value_length", headLength),
                    largest(prefix + "feed_forward_length", 0));
        }

        private long vocabulary(String prefix) {
            return file.array("tokenizer.ggml.tokens")
                    .map(GgufValue.Array::length)
                    .orElseGet(() -> optional(prefix + "vocab_size", 0));
        }

        private List<Long> keyValueHeads(String prefix, long layers, long heads) {
            String key = prefix + "attention.head_count_kv";
            Optional<GgufValue.Array> each = file.array(key);
            if (each.isEmpty()) {
                long all = optional(key, heads);
                return Collections.nCopies((int) layers, all);
            }
            List<Long> counts = each.get().head().stream()
                    .map(value -> value instanceof GgufValue.Whole whole ? whole.value() : -1L)
                    .toList();
            if (counts.size() != layers || counts.stream().anyMatch(count -> count < 0 || count > MOST)) {
                throw fault(key + ", one count for each of " + layers + " layers, expected", counts + " found");
            }
            return counts;
        }

        private long largest(String key, long otherwise) {
            return file.array(key)
                    .map(each -> each.head().stream()
                            .mapToLong(value -> value instanceof GgufValue.Whole whole ? whole.value() : -1)
                            .max()
                            .orElse(otherwise))
                    .map(most -> bounded(0, MOST, key, most))
                    .orElseGet(() -> optional(key, otherwise));
        }

        private long optional(String key, long otherwise) {
            return file.metadata().containsKey(key) ? between(0, MOST, key) : otherwise;
        }

        private long between(long least, long most, String key) {
            long value = file.whole(key).orElseThrow(() -> fault(key + ", a whole number, expected", "it is missing"));
            return bounded(least, most, key, value);
        }

        private long bounded(long least, long most, String key, long value) {
            if (value < least || value > most) {
                throw fault(key + " from " + least + " to " + most + " expected", value + " found");
            }
            return value;
        }

        private InvalidInputException fault(String expectation, String finding) {
            return new InvalidInputException(
                    String.valueOf(file.path().getFileName()),
                    expectation,
                    finding,
                    "convert the model again, or take it from another source");
        }
    }
}
