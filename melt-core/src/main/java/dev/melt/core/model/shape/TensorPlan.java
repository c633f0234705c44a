package dev.melt.core.model.shape;

import dev.melt.core.model.shape.PlannedTensor.Layer;
import dev.melt.core.model.shape.PlannedTensor.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of a shape, by the names under which llama.cpp looks for them. An output matrix that is tied is left out,
 * as converters leave it out.
 */
public final class TensorPlan {
    private final ModelShape shape;
    private final List<PlannedTensor> tensors = new ArrayList<>();

    private TensorPlan(ModelShape shape) {
        this.shape = shape;
    }

    public static List<PlannedTensor> of(ModelShape shape) {
        TensorPlan plan = new TensorPlan(shape);
        plan.matrix("token_embd", Role.EMBEDDING, Layer.NONE, shape.embedding(), shape.vocabulary());
        for (int i = 0; i < shape.layers(); i++) {
            plan.layer("blk." + i + ".", new Layer(i, shape.layers()));
        }
        plan.norm("output_norm", Layer.NONE, shape.embedding());
        plan.output();
        return List.copyOf(plan.tensors);
    }

    private void output() {
        if (!shape.tiedEmbeddings()) {
            matrix("output", Role.OUTPUT, Layer.NONE, shape.embedding(), shape.vocabulary());
        }
        if (shape.family().isPhi2()) {
            bias("output", Layer.NONE, shape.vocabulary());
        }
    }

    private void layer(String prefix, Layer layer) {
        norm(prefix + "attn_norm", layer, shape.embedding());
        attention(prefix, layer);
        if (!shape.family().isPhi2()) {
            norm(prefix + "ffn_norm", layer, shape.embedding());
        }
        if (shape.family() == ModelFamily.GEMMA2 || shape.family() == ModelFamily.GEMMA3) {
            norm(prefix + "post_attention_norm", layer, shape.embedding());
            norm(prefix + "post_ffw_norm", layer, shape.embedding());
        }
        if (shape.family() == ModelFamily.GEMMA3) {
            norm(prefix + "attn_q_norm", layer, shape.headLength());
            norm(prefix + "attn_k_norm", layer, shape.headLength());
        }
        feedForward(prefix, layer);
    }

    private void attention(String prefix, Layer layer) {
        int query = shape.queryLength();
        int keyValue = shape.keyValueLength();
        if (shape.family() == ModelFamily.PHI3) {
            projection(prefix + "attn_qkv", Role.QUERY_KEY_VALUE, layer, query + 2 * keyValue);
        } else {
            projection(prefix + "attn_q", Role.QUERY, layer, query);
            projection(prefix + "attn_k", Role.KEY, layer, keyValue);
            projection(prefix + "attn_v", Role.VALUE, layer, keyValue);
        }
        matrix(prefix + "attn_output", Role.ATTENTION_OUTPUT, layer, query, shape.embedding());
        if (shape.family().isPhi2()) {
            bias(prefix + "attn_output", layer, shape.embedding());
        }
    }

    private void projection(String name, Role role, Layer layer, int rows) {
        matrix(name, role, layer, shape.embedding(), rows);
        if (shape.attentionBias()) {
            bias(name, layer, rows);
        }
    }

    private void feedForward(String prefix, Layer layer) {
        switch (shape.family()) {
            case PHI2 -> {
                matrix(prefix + "ffn_up", Role.UP, layer, shape.embedding(), shape.feedForward());
                bias(prefix + "ffn_up", layer, shape.feedForward());
            }
            case PHI3 -> matrix(prefix + "ffn_up", Role.UP, layer, shape.embedding(), 2L * shape.feedForward());
            default -> {
                matrix(prefix + "ffn_gate", Role.UP, layer, shape.embedding(), shape.feedForward());
                matrix(prefix + "ffn_up", Role.UP, layer, shape.embedding(), shape.feedForward());
            }
        }
        matrix(prefix + "ffn_down", Role.DOWN, layer, shape.feedForward(), shape.embedding());
        if (shape.family().isPhi2()) {
            bias(prefix + "ffn_down", layer, shape.embedding());
        }
    }

    private void norm(String name, Layer layer, int length) {
        tensors.add(new PlannedTensor(name + ".weight", Role.SCALE, layer, length, 1));
        if (shape.family().norm() == ModelFamily.Norm.LAYER) {
            bias(name, layer, length);
        }
    }

    private void bias(String name, Layer layer, int length) {
        tensors.add(new PlannedTensor(name + ".bias", Role.BIAS, layer, length, 1));
    }

    private void matrix(String name, Role role, Layer layer, int rowLength, long rows) {
        tensors.add(new PlannedTensor(name + ".weight", role, layer, rowLength, rows));
    }
}
