package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.model.shape.ChatStyle;
import dev.melt.core.model.shape.ModelShape;
import java.util.ArrayList;
import java.util.List;

/** GPT-2's way: a letter for every byte, and an ordered list of merges that makes the pieces out of them. */
final class BpeVocabulary extends Vocabulary {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int BYTES = 256;
    private static final char SPACE = byteLetter(' ');

    private final ModelShape shape;

    BpeVocabulary(ModelShape shape) {
        super(shape.vocabulary(), fixed(shape), wantedPieces());
        this.shape = shape;
    }

    @Override
    void addTo(GgufHeader header) {
        boolean startsText = shape.chat() == ChatStyle.LLAMA3;
        int first = idOf(shape.chat().controlTokens().get(0));
        header.text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", shape.preTokenizer().orElse("default"))
                .texts("tokenizer.ggml.tokens", size(), this::token)
                .i32s("tokenizer.ggml.token_type", size(), this::kind)
                .texts("tokenizer.ggml.merges", pieces().size(), this::merge)
                .u32("tokenizer.ggml.bos_token_id", first)
                .u32("tokenizer.ggml.eos_token_id", idOf(shape.chat().endOfTurn()))
                .u32("tokenizer.ggml.padding_token_id", first)
                .flag("tokenizer.ggml.add_bos_token", startsText);
    }

    private String merge(int index) {
        String piece = pieces().get(index);
        return piece.substring(0, piece.length() - 1) + " " + piece.charAt(piece.length() - 1);
    }

    @Override
    int fixedKind(int index) {
        return index < BYTES ? NORMAL : CONTROL;
    }

    @Override
    char space() {
        return SPACE;
    }

    /** The letter that stands for a byte: the byte's own where Latin-1 prints it, else one from U+0100 on. */
    static char byteLetter(int value) {
        int unprintable = 0;
        for (int i = 0; i <= value; i++) {
            boolean printable = (i >= '!' && i <= '~') || (i >= 0xa1 && i <= 0xac) || i >= 0xae;
            if (i == value && printable) {
                return (char) value;
            }
            unprintable += printable ? 0 : 1;
        }
        return (char) (0x100 + unprintable - 1);
    }

    private static List<String> fixed(ModelShape shape) {
        List<String> fixed = new ArrayList<>();
        for (int i = 0; i < BYTES; i++) {
            fixed.add(String.valueOf(byteLetter(i)));
        }
        fixed.addAll(shape.chat().controlTokens());
        return fixed;
    }

    private static List<String> wantedPieces() {
        return WordPieces.first(Integer.MAX_VALUE).stream()
                .map(piece -> piece.replace(WordPieces.SPACE, SPACE))
                .toList();
    }
}
