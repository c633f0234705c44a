package dev.melt.embedded.llama;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How well a model foretells a text, and how far it is from another model there. The text is cut into windows of as many
 * tokens as asked for, an incomplete one at the end left out; each begins with an empty context, its first token replaced
 * by the begin token where the model wants one; of each only the second half is scored, so that every token has at least
 * half a window before it. These are the windows of llama.cpp's own perplexity program.
 */
public final class TextScorer {
    private final LlamaContext context;
    private final Logits logits;
    private final Optional<Reference> reference;
    private final int[] tokens;
    private final int window;

    /** The model that the other one is compared with. */
    private record Reference(LlamaContext context, Logits logits) {}

    /**
     * Sums over the scored tokens of a window.
     *
     * @param before tokens in front of the first scored one
     * @param logProbability natural logarithm, and {@code squares} the sum of its squares
     */
    public record WindowScore(
            int before,
            int tokens,
            double logProbability,
            double squares,
            boolean greedy,
            Optional<Divergence> divergence) {}

    /**
     * From the reference, in nats.
     *
     * @param squares sum of the squares of each token's divergence
     * @param sameTop tokens at which both find the same one the likeliest
     * @param referenceLogProbability what the reference gives to the text
     */
    public record Divergence(double sum, double squares, int sameTop, double referenceLogProbability) {}

    /**
     * For one text.
     *
     * @param reference of the same vocabulary and a context as large
     */
    public TextScorer(LlamaContext context, Optional<LlamaContext> reference, byte[] utf8, int window) {
        this.context = context;
        this.logits = new Logits(context);
        this.reference = reference.map(other -> new Reference(other, new Logits(other)));
        this.tokens = context.model().vocabulary().tokens(utf8, false);
        this.window = window;
    }

    public int tokens() {
        return tokens.length;
    }

    public int windows() {
        return tokens.length / window;
    }

    public WindowScore score(int index) {
        put(context, index);
        reference.ifPresent(other -> put(other.context(), index));
        int first = window / 2;
        Sums sums = new Sums();
        int inputs = window - 1;
        int batch = reference
                .map(other -> Math.min(other.context().batch(), context.batch()))
                .orElse(context.batch());
        for (int at = 0; at < inputs; at += batch) {
            int from = at;
            int end = Math.min(at + batch, inputs);
            context.evaluateForLogits(from, end, first);
            reference.ifPresent(other -> other.context().evaluateForLogits(from, end, first));
            for (int i = Math.max(at, first); i < end; i++) {
                sums.add(i - at, tokens[index * window + i + 1]);
            }
        }
        return sums.of(first + 1);
    }

    private void put(LlamaContext into, int index) {
        into.clear();
        OptionalInt begin = into.beginHere();
        for (int i = 0; i < window; i++) {
            into.put(i == 0 ? begin.orElse(tokens[index * window]) : tokens[index * window + i]);
        }
    }

    /** What comes together over a window. */
    private final class Sums {
        private int count;
        private double logProbability;
        private double squares;
        private boolean greedy = true;
        private double divergence;
        private double divergenceSquares;
        private int sameTop;
        private double referenceLogProbability;

        void add(int index, int next) {
            logits.read(index);
            double value = logits.logProbability(next);
            count++;
            logProbability += value;
            squares += value * value;
            greedy &= logits.isLikeliest(next);
            reference.ifPresent(other -> compare(other.logits(), index, next));
        }

        private void compare(Logits other, int index, int next) {
            other.read(index);
            double lost = other.divergenceOf(logits);
            divergence += lost;
            divergenceSquares += lost * lost;
            sameTop += other.likeliest() == logits.likeliest() ? 1 : 0;
            referenceLogProbability += other.logProbability(next);
        }

        WindowScore of(int before) {
            return new WindowScore(
                    before,
                    count,
                    logProbability,
                    squares,
                    greedy,
                    reference.map(
                            any -> new Divergence(divergence, divergenceSquares, sameTop, referenceLogProbability)));
        }
    }
}
