package dev.melt.embedded.llama;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A model's tokens. Lives as long as its model. */
public final class Vocabulary {
    private static final int ATTRIBUTE_UNKNOWN = 1;
    private static final int ATTRIBUTE_CONTROL = 8;
    private static final byte YES = 1;
    private static final byte NO = 0;

    private final long handle;

    Vocabulary(long handle) {
        this.handle = handle;
    }

    public int size() {
        return LlamaC.llama_vocab_n_tokens(handle);
    }

    /** The token a text begins with, where this model wants one. */
    public OptionalInt begin() {
        int token = LlamaC.llama_vocab_bos(handle);
        return LlamaC.llama_vocab_get_add_bos(handle) != 0 && token >= 0 ? OptionalInt.of(token) : OptionalInt.empty();
    }

    /** What stands for an empty context: the begin token, else the end token, else token 0. */
    public int emptyContext() {
        int begin = LlamaC.llama_vocab_bos(handle);
        return begin >= 0 ? begin : Math.max(LlamaC.llama_vocab_eos(handle), 0);
    }

    /** The tokens that llama.cpp itself warms a context up with. */
    int[] warmUp() {
        int[] ends = {LlamaC.llama_vocab_bos(handle), LlamaC.llama_vocab_eos(handle)};
        int[] valid = Arrays.stream(ends).filter(token -> token >= 0).toArray();
        return valid.length == 0 ? new int[] {0} : valid;
    }

    /** Whether the token ends a generation. */
    public boolean endsGeneration(int token) {
        return LlamaC.llama_vocab_is_eog(handle, token) != 0;
    }

    IntStream endTokens() {
        return IntStream.range(0, size()).filter(this::endsGeneration);
    }

    /** Ids that a random prompt may be made of: neither control tokens nor the unknown one. */
    public int[] plainTokens() {
        return IntStream.range(0, size()).filter(this::isPlain).toArray();
    }

    private boolean isPlain(int token) {
        int attributes = LlamaC.llama_vocab_get_attr(handle, token);
        return (attributes & (ATTRIBUTE_UNKNOWN | ATTRIBUTE_CONTROL)) == 0 && !endsGeneration(token);
    }

    /**
     * Writes the tokens of a text to {@code address}.
     *
     * @param fresh whether the text begins a context, so that the begin token is put before it
     * @return their number; negative where {@code capacity} is too small, and then what it would have to be
     */
    int tokenize(byte[] utf8, boolean fresh, long address, int capacity) {
        return LlamaC.llama_tokenize(handle, utf8, utf8.length, address, capacity, fresh ? YES : NO, YES);
    }

    /**
     * The tokens of a text that begins a context.
     *
     * @param special whether what looks like a control token becomes one
     */
    int[] tokens(byte[] utf8, boolean special) {
        int room = utf8.length + 2;
        while (true) {
            try (Memory memory = new Memory(4L * room)) {
                int count = LlamaC.llama_tokenize(
                        handle, utf8, utf8.length, Pointer.nativeValue(memory), room, YES, special ? YES : NO);
                if (count >= 0) {
                    return memory.getIntArray(0, count);
                }
                room = -count;
            }
        }
    }

    /** The text of tokens; control tokens are left out. */
    public String text(int[] tokens) {
        if (tokens.length == 0) {
            return "";
        }
        byte[] utf8 = new byte[16 * tokens.length];
        int length = LlamaC.llama_detokenize(handle, tokens, tokens.length, utf8, utf8.length, NO, NO);
        if (length < 0) {
            utf8 = new byte[-length];
            length = LlamaC.llama_detokenize(handle, tokens, tokens.length, utf8, utf8.length, NO, NO);
        }
        return new String(Arrays.copyOf(utf8, Math.max(length, 0)), StandardCharsets.UTF_8);
    }
}
