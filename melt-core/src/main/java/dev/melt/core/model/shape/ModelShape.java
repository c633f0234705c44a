package dev.melt.core.model.shape;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The dimensions of a model: everything that decides how fast it runs and how much memory it takes, and nothing of what
 * it knows.
 *
 * @param name as given on the command line
 * @param title as published
 * @param vocabulary tokens
 * @param embedding length of a token's vector
 * @param keyValueHeads heads that keys and values have; fewer than {@code heads} with grouped queries
 * @param headLength length of a head's key and value
 * @param feedForward length between the two (or three) matrices of a block's feed-forward part
 * @param context tokens that the model was trained for
 * @param rope how positions are rotated in
 * @param tiedEmbeddings whether the output matrix is the embedding matrix
 * @param attentionBias whether queries, keys and values have a bias
 * @param slidingWindow tokens that some layers look back, where they do not look at all
 * @param tokenizer how text is cut
 * @param preTokenizer llama.cpp's name of the rule that splits text before merges; only with {@link TokenizerKind#BPE}
 */
public record ModelShape(
        String name,
        String title,
        ModelFamily family,
        int vocabulary,
        int embedding,
        int layers,
        int heads,
        int keyValueHeads,
        int headLength,
        int feedForward,
        int context,
        Rope rope,
        double normEpsilon,
        boolean tiedEmbeddings,
        boolean attentionBias,
        OptionalInt slidingWindow,
        TokenizerKind tokenizer,
        Optional<String> preTokenizer,
        ChatStyle chat) {

    /**
     * Rotary positions.
     *
     * @param base of the frequencies
     * @param dimensions of each head that are rotated
     */
    public record Rope(double base, int dimensions) {
        public Rope {
            require(base > 0 && Double.isFinite(base), "rope base must be positive, was " + base);
            require(
                    dimensions > 0 && dimensions % 2 == 0,
                    "rope dimensions must be positive and even, was " + dimensions);
        }
    }

    private static final int LEAST_VOCABULARY = 1024;

    public ModelShape {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(family, "family");
        requireNonNull(rope, "rope");
        requireNonNull(slidingWindow, "slidingWindow");
        requireNonNull(tokenizer, "tokenizer");
        requireNonNull(preTokenizer, "preTokenizer");
        requireNonNull(chat, "chat");
        require(
                vocabulary >= LEAST_VOCABULARY && vocabulary <= 1 << 20,
                "vocabulary must be 1024 to 1048576, was " + vocabulary);
        require(embedding > 0 && embedding <= 1 << 16, "embedding must be 1 to 65536, was " + embedding);
        require(embedding % 32 == 0, "embedding must be a multiple of 32, was " + embedding);
        require(layers > 0 && layers <= 512, "layers must be 1 to 512, was " + layers);
        require(heads > 0 && heads <= 1024, "heads must be 1 to 1024, was " + heads);
        require(
                keyValueHeads > 0 && heads % keyValueHeads == 0,
                "keyValueHeads must divide heads, was " + keyValueHeads);
        require(headLength > 0 && headLength <= 1024, "headLength must be 1 to 1024, was " + headLength);
        require((long) heads * headLength % 32 == 0, "heads x headLength must be a multiple of 32");
        require(rope.dimensions() <= headLength, "rope dimensions must not exceed headLength " + headLength);
        require(feedForward > 0 && feedForward <= 1 << 20, "feedForward must be 1 to 1048576, was " + feedForward);
        require(feedForward % 32 == 0, "feedForward must be a multiple of 32, was " + feedForward);
        require(context > 0, "context must be positive, was " + context);
        require(normEpsilon > 0 && normEpsilon < 1, "normEpsilon must be between 0 and 1, was " + normEpsilon);
        require(slidingWindow.orElse(1) > 0, "slidingWindow must be positive");
        require(
                (tokenizer == TokenizerKind.BPE) == preTokenizer.isPresent(),
                "preTokenizer must be given with tokenizer bpe and only then");
    }

    /** Length of all queries of a token together. */
    public int queryLength() {
        return heads * headLength;
    }

    /** Length of all keys, and of all values, of a token together. */
    public int keyValueLength() {
        return keyValueHeads * headLength;
    }

    /** Weights of all tensors, biases and norms included. */
    public long parameters() {
        return TensorPlan.of(this).stream().mapToLong(PlannedTensor::elements).sum();
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
