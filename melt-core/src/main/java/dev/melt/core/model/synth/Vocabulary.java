package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.model.shape.ModelShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A vocabulary of exactly the size that a shape has, with which any text can be cut into tokens. */
abstract class Vocabulary {
    private static final int NORMAL = 1;
    private static final String CONSONANTS = "bdfghjklmnprstv";
    private static final String VOWELS = "aeiou";

    private final int size;
    private final List<String> fixed;
    private final List<String> pieces;
    private final Set<String> taken;

    /**
     * @param fixed tokens that have to be there, in front
     * @param pieces wanted after them, as many as fit
     */
    Vocabulary(int size, List<String> fixed, List<String> pieces) {
        this.size = size;
        this.fixed = List.copyOf(fixed);
        this.pieces = pieces.subList(0, Math.min(pieces.size(), size - fixed.size()));
        this.taken = new HashSet<>(fixed);
        taken.addAll(this.pieces);
    }

    static Vocabulary of(ModelShape shape) {
        return switch (shape.tokenizer()) {
            case SPM -> new SpmVocabulary(shape);
            case BPE -> new BpeVocabulary(shape);
        };
    }

    /** Writes the tokenizer's metadata. */
    abstract void addTo(GgufHeader header);

    /** llama.cpp's kind of one of the fixed tokens. */
    abstract int fixedKind(int index);

    /** The character that stands for a space inside a token. */
    abstract char space();

    final int size() {
        return size;
    }

    final List<String> fixed() {
        return fixed;
    }

    final List<String> pieces() {
        return pieces;
    }

    final int idOf(String fixedToken) {
        int id = fixed.indexOf(fixedToken);
        if (id < 0) {
            throw new IllegalStateException(fixedToken + " is not in the vocabulary");
        }
        return id;
    }

    final int kind(int id) {
        return id < fixed.size() ? fixedKind(id) : NORMAL;
    }

    final String token(int id) {
        if (id < fixed.size()) {
            return fixed.get(id);
        }
        int piece = id - fixed.size();
        return piece < pieces.size() ? pieces.get(piece) : madeUp(piece - pieces.size());
    }

    /** A word of three syllables that no other token is; 421,875 of them. */
    private String madeUp(int index) {
        StringBuilder word = new StringBuilder().append(space());
        for (int rest = index, i = 0; i < 3; i++) {
            word.append(CONSONANTS.charAt(rest % 15)).append(VOWELS.charAt(rest / 15 % 5));
            rest /= 75;
        }
        return taken.contains(word.toString()) ? word.append('q').toString() : word.toString();
    }
}
