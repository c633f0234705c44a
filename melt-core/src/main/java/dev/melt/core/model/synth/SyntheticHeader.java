package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.ModelShape;
import dev.melt.core.model.shape.PlannedTensor;
import dev.melt.core.model.shape.TensorPlan;

/** Writes down what llama.cpp wants to know about a shape. */
final class SyntheticHeader {
    private SyntheticHeader() {}

    static GgufHeader of(SynthesisOrder order) {
        ModelShape shape = order.shape();
        GgufHeader header = new GgufHeader();
        header.text("general.architecture", shape.family().architecture())
                .text("general.type", "model")
                .text("general.name", shape.title() + " (synthetic)")
                .u32("general.file_type", order.quantisation().fileType())
                .u32("general.quantization_version", 2)
                .flag("melt.synthetic", true)
                .i64("melt.seed", order.seed())
                .text("melt.shape", shape.name());
        addDimensions(header, shape);
        Vocabulary.of(shape).addTo(header);
        header.text("tokenizer.chat_template", shape.chat().template());
        for (PlannedTensor tensor : TensorPlan.of(shape)) {
            addTensor(header, order, tensor);
        }
        return header;
    }

    private static void addDimensions(GgufHeader header, ModelShape shape) {
        String prefix = shape.family().architecture() + ".";
        header.u32(prefix + "vocab_size", shape.vocabulary())
                .u32(prefix + "context_length", shape.context())
                .u32(prefix + "embedding_length", shape.embedding())
                .u32(prefix + "block_count", shape.layers())
                .u32(prefix + "feed_forward_length", shape.feedForward())
                .u32(prefix + "attention.head_count", shape.heads())
                .u32(prefix + "attention.head_count_kv", shape.keyValueHeads())
                .u32(prefix + "attention.key_length", shape.headLength())
                .u32(prefix + "attention.value_length", shape.headLength())
                .u32(prefix + "rope.dimension_count", shape.rope().dimensions())
                .f32(prefix + "rope.freq_base", shape.rope().base())
                .f32(prefix + normKey(shape), shape.normEpsilon());
        shape.slidingWindow().ifPresent(window -> header.u32(prefix + "attention.sliding_window", window));
        if (shape.family() == ModelFamily.GEMMA2) {
            header.f32(prefix + "attn_logit_softcapping", 50).f32(prefix + "final_logit_softcapping", 30);
        }
        if (shape.family() == ModelFamily.STABLELM) {
            header.flag(prefix + "use_parallel_residual", false);
        }
    }

    private static String normKey(ModelShape shape) {
        return shape.family().norm() == ModelFamily.Norm.RMS
                ? "attention.layer_norm_rms_epsilon"
                : "attention.layer_norm_epsilon";
    }

    private static void addTensor(GgufHeader header, SynthesisOrder order, PlannedTensor tensor) {
        var type = order.quantisation().typeOf(tensor, order.shape().tiedEmbeddings());
        if (tensor.isVector()) {
            header.tensor(tensor.name(), type, tensor.rowLength());
        } else {
            header.tensor(tensor.name(), type, tensor.rowLength(), tensor.rows());
        }
    }
}
