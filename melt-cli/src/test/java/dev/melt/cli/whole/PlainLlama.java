package dev.melt.cli.whole;

import java.util.List;

/** A model of the llama family, evaluated in double precision by loops: slow, and independent of every engine. */
final class PlainLlama {
    private final PlainGguf file;
    private final PlainTokenizer tokenizer;
    private final int width;
    private final int layers;
    private final int heads;
    private final int sharing;
    private final int headWidth;
    private final double epsilon;

    PlainLlama(PlainGguf file) {
        this.file = file;
        this.tokenizer = new PlainTokenizer(file);
        this.width = file.whole("embedding_length");
        this.layers = file.whole("block_count");
        this.heads = file.whole("attention.head_count");
        this.sharing = heads / file.whole("attention.head_count_kv");
        this.headWidth = width / heads;
        this.epsilon = file.real("attention.layer_norm_rms_epsilon");
    }

    /** Natural logarithm of the probability that {@code continuation} stands behind {@code context}. */
    double logLikelihood(String context, String continuation) {
        List<Integer> whole = tokenizer.tokens(context + continuation);
        int split = tokenizer.tokens(context).size();
        double[][] states = states(whole);
        double sum = 0;
        for (int i = split; i < whole.size(); i++) {
            sum += logProbability(states[i - 1], whole.get(i));
        }
        return sum;
    }

    private double logProbability(double[] state, int token) {
        double[] logits = times("token_embd", norm(state, "output_norm"));
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double total = 0;
        for (double logit : logits) {
            total += Math.exp(logit - max);
        }
        return logits[token] - max - Math.log(total);
    }

    private double[][] states(List<Integer> tokens) {
        double[][] states = new double[tokens.size()][width];
        for (int t = 0; t < states.length; t++) {
            for (int i = 0; i < width; i++) {
                states[t][i] = file.tensor("token_embd.weight")[tokens.get(t) * width + i];
            }
        }
        for (int layer = 0; layer < layers; layer++) {
            attention(states, "blk." + layer + ".");
            feedForward(states, "blk." + layer + ".");
        }
        return states;
    }

    private void attention(double[][] states, String block) {
        int count = states.length;
        double[][] queries = new double[count][];
        double[][] keys = new double[count][];
        double[][] values = new double[count][];
        for (int t = 0; t < count; t++) {
            double[] input = norm(states[t], block + "attn_norm");
            queries[t] = turned(times(block + "attn_q", input), t);
            keys[t] = turned(times(block + "attn_k", input), t);
            values[t] = times(block + "attn_v", input);
        }
        for (int t = 0; t < count; t++) {
            double[] seen = new double[width];
            for (int head = 0; head < heads; head++) {
                attend(queries[t], keys, values, t, head, seen);
            }
            add(states[t], times(block + "attn_output", seen));
        }
    }

    private void attend(double[] query, double[][] keys, double[][] values, int t, int head, double[] seen) {
        int from = head * headWidth;
        int shared = head / sharing * headWidth;
        double[] weights = new double[t + 1];
        double total = 0;
        for (int s = 0; s <= t; s++) {
            double product = 0;
            for (int i = 0; i < headWidth; i++) {
                product += query[from + i] * keys[s][shared + i];
            }
            weights[s] = Math.exp(product / Math.sqrt(headWidth));
            total += weights[s];
        }
        for (int s = 0; s <= t; s++) {
            for (int i = 0; i < headWidth; i++) {
                seen[from + i] += weights[s] / total * values[s][shared + i];
            }
        }
    }

    private void feedForward(double[][] states, String block) {
        for (double[] state : states) {
            double[] input = norm(state, block + "ffn_norm");
            double[] gate = times(block + "ffn_gate", input);
            double[] up = times(block + "ffn_up", input);
            for (int i = 0; i < up.length; i++) {
                up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
            }
            add(state, times(block + "ffn_down", up));
        }
    }

    /** Rotary positions over pairs of neighbours. */
    private double[] turned(double[] vector, int position) {
        for (int i = 0; i < vector.length; i += 2) {
            double angle = position * Math.pow(file.real("rope.freq_base"), -(double) (i % headWidth) / headWidth);
            double x = vector[i];
            double y = vector[i + 1];
            vector[i] = x * Math.cos(angle) - y * Math.sin(angle);
            vector[i + 1] = x * Math.sin(angle) + y * Math.cos(angle);
        }
        return vector;
    }

    private double[] norm(double[] vector, String name) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / vector.length + epsilon);
        float[] weights = file.tensor(name + ".weight");
        double[] result = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            result[i] = vector[i] * scale * weights[i];
        }
        return result;
    }

    private double[] times(String name, double[] vector) {
        float[] matrix = file.tensor(name + ".weight");
        double[] result = new double[matrix.length / vector.length];
        for (int row = 0; row < result.length; row++) {
            double sum = 0;
            for (int i = 0; i < vector.length; i++) {
                sum += matrix[row * vector.length + i] * vector[i];
            }
            result[row] = sum;
        }
        return result;
    }

    private static void add(double[] to, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }
}
