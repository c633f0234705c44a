package dev.melt.embedded.llama;

/**
 * What a model expects to come next: a score for each token of its vocabulary, and the probabilities they stand for. One
 * row is held at a time; all sums are in double precision. For one thread.
 */
public final class Logits {
    private final LlamaContext context;
    private final float[] row;
    private double logTotal;

    Logits(LlamaContext context) {
        this.context = context;
        this.row = new float[context.model().vocabulary().size()];
    }

    int size() {
        return row.length;
    }

    /** Reads what was computed for the {@code index}-th token of the last batch. */
    void read(int index) {
        context.readLogits(index, row);
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : row) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : row) {
            sum += Math.exp(logit - max);
        }
        logTotal = max + Math.log(sum);
    }

    /** Natural logarithm of a token's probability. */
    double logProbability(int token) {
        return row[token] - logTotal;
    }

    /** Whether no token is likelier. */
    boolean isLikeliest(int token) {
        for (float logit : row) {
            if (logit > row[token]) {
                return false;
            }
        }
        return true;
    }

    /** The first of the likeliest tokens. */
    int likeliest() {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    /** Kullback-Leibler divergence in nats of {@code other} from this one: what is lost when it stands in for this. */
    double divergenceOf(Logits other) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            double mine = logProbability(i);
            double probability = Math.exp(mine);
            if (probability > 0) {
                sum += probability * (mine - other.logProbability(i));
            }
        }
        return sum;
    }
}
