package dev.melt.embedded;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.model.shape.ChatStyle;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.ModelShape;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.TokenizerKind;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Files as {@code melt models synth} makes them, of each family but as small as its tensors can be. */
public final class SmallModel {
    private static final int WIDTH = 256;

    private SmallModel() {}

    /** The fewest layers with which llama.cpp takes a model of the family. */
    public static int layers(ModelFamily family) {
        return switch (family) {
            case GEMMA2 -> 26;
            case GEMMA3 -> 6;
            default -> 2;
        };
    }

    public static Path write(Path file, ModelFamily family, int layers, Quantisation quantisation) {
        ChatStyle chat = family.architecture().startsWith("gemma") ? ChatStyle.GEMMA : ChatStyle.CHATML;
        return write(file, shape(family, layers, chat), quantisation);
    }

    /** A model of the llama family that wants its conversations written so. */
    public static Path write(Path file, ChatStyle chat) {
        return write(file, shape(ModelFamily.LLAMA, 1, chat), Quantisation.Q8_0);
    }

    private static Path write(Path file, ModelShape shape, Quantisation quantisation) {
        new GgufSynthesizer(new SynthesisOrder(shape, quantisation, 7), ByteProgress.NONE).write(file);
        return file;
    }

    private static ModelShape shape(ModelFamily family, int layers, ChatStyle chat) {
        boolean gemma = family.architecture().startsWith("gemma");
        boolean bpe = family == ModelFamily.QWEN2 || family == ModelFamily.PHI2 || family == ModelFamily.STABLELM;
        return new ModelShape(
                "small-" + family.architecture(),
                "Small",
                family,
                2048,
                WIDTH,
                layers,
                4,
                2,
                64,
                WIDTH,
                512,
                new ModelShape.Rope(10_000, family == ModelFamily.PHI2 ? 32 : 64),
                1e-5,
                gemma,
                family == ModelFamily.QWEN2 || family == ModelFamily.PHI2,
                gemma || family == ModelFamily.PHI3 ? OptionalInt.of(128) : OptionalInt.empty(),
                bpe ? TokenizerKind.BPE : TokenizerKind.SPM,
                bpe ? Optional.of("gpt-2") : Optional.empty(),
                chat);
    }
}
