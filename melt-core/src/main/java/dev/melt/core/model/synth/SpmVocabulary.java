package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SentencePiece's way: pieces with scores, and a token for every byte that no piece covers. */
final class SpmVocabulary extends Vocabulary {
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;
    private static final List<String> OWN = List.of("<unk>", "<s>", "</s>");

    private final ModelShape shape;
    private final int controls;

    SpmVocabulary(ModelShape shape) {
        super(shape.vocabulary(), fixed(shape), wantedPieces());
        this.shape = shape;
        this.controls = OWN.size() + shape.chat().controlTokens().size();
    }

    @Override
    void addTo(GgufHeader header) {
        header.text("tokenizer.ggml.model", "llama")
                .text("tokenizer.ggml.pre", "default")
                .texts("tokenizer.ggml.tokens", size(), this::token)
                .f32s("tokenizer.ggml.scores", size(), this::score)
                .i32s("tokenizer.ggml.token_type", size(), this::kind)
                .u32("tokenizer.ggml.bos_token_id", idOf("<s>"))
                .u32("tokenizer.ggml.eos_token_id", idOf(shape.chat().endOfTurn()))
                .u32("tokenizer.ggml.unknown_token_id", idOf("<unk>"))
                .u32("tokenizer.ggml.padding_token_id", idOf("<unk>"))
                .flag("tokenizer.ggml.add_bos_token", true)
                .flag("tokenizer.ggml.add_eos_token", false)
                .flag("tokenizer.ggml.add_space_prefix", !isGemma());
    }

    /** Earlier pieces win over later ones, made-up words over none. */
    private float score(int id) {
        return id < fixed().size() ? 0 : fixed().size() - id - 1f;
    }

    @Override
    int fixedKind(int index) {
        if (index < controls) {
            return index == 0 ? UNKNOWN : CONTROL;
        }
        return BYTE;
    }

    @Override
    char space() {
        return WordPieces.SPACE;
    }

    private boolean isGemma() {
        return shape.family() == ModelFamily.GEMMA
                || shape.family() == ModelFamily.GEMMA2
                || shape.family() == ModelFamily.GEMMA3;
    }

    private static List<String> fixed(ModelShape shape) {
        List<String> fixed = new ArrayList<>(OWN);
        fixed.addAll(shape.chat().controlTokens());
        for (int i = 0; i < 256; i++) {
            fixed.add(String.format(Locale.ROOT, "<0x%02X>", i));
        }
        return fixed;
    }

    private static List<String> wantedPieces() {
        List<String> pieces = new ArrayList<>();
        pieces.add(String.valueOf(WordPieces.SPACE));
        for (char c = '!'; c <= '~'; c++) {
            pieces.add(String.valueOf(c));
        }
        pieces.addAll(WordPieces.first(Integer.MAX_VALUE));
        return pieces;
    }
}
