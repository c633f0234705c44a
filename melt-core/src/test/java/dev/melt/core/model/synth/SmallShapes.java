package dev.melt.core.model.synth;

import dev.melt.core.model.shape.ChatStyle;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.ModelShape;
import dev.melt.core.model.shape.TokenizerKind;
import java.util.Optional;
import java.util.OptionalInt;

/** One small shape of each family. */
public final class SmallShapes {
    private SmallShapes() {}

    public static ModelShape of(ModelFamily family) {
        return of(family, 256);
    }

    /** A feed-forward length of 288 does not fill blocks of 256 weights; 256 does. */
    public static ModelShape of(ModelFamily family, int feedForward) {
        boolean gemma = family.architecture().startsWith("gemma");
        TokenizerKind tokenizer = switch (family) {
            case LLAMA, GEMMA, GEMMA2, GEMMA3, PHI3 -> TokenizerKind.SPM;
            case QWEN2, PHI2, STABLELM -> TokenizerKind.BPE;
        };
        return new ModelShape(
                "small-" + family.architecture(),
                "Small",
                family,
                2048,
                256,
                2,
                4,
                2,
                64,
                feedForward,
                512,
                new ModelShape.Rope(10_000, family == ModelFamily.PHI2 ? 32 : 64),
                1e-5,
                gemma,
                family == ModelFamily.QWEN2 || family == ModelFamily.PHI2,
                gemma || family == ModelFamily.PHI3 ? OptionalInt.of(128) : OptionalInt.empty(),
                tokenizer,
                tokenizer == TokenizerKind.BPE ? Optional.of("gpt-2") : Optional.empty(),
                gemma ? ChatStyle.GEMMA : ChatStyle.CHATML);
    }
}
