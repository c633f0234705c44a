package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The log-likelihood of a continuation after a context, or of the second half of a window of text after its first.
 *
 * @param id the question's number
 * @param logLikelihood natural logarithm, summed over the continuation's tokens
 * @param greedy whether each of its tokens was the most likely one
 * @param truncated whether the context was cut at its beginning to fit
 * @param squares sum of the squares of the tokens' logarithms, where the engine gives it
 * @param divergence from another model, where there is one
 */
public record Score(
        int id,
        int contextTokens,
        int continuationTokens,
        double logLikelihood,
        boolean greedy,
        boolean truncated,
        OptionalDouble squares,
        Optional<Divergence> divergence) {
    public Score {
        requireNonNull(squares, "squares");
        requireNonNull(divergence, "divergence");
    }

    /** Of a question. */
    public Score(int id, int contextTokens, int continuationTokens, double logLikelihood, boolean greedy) {
        this(
                id,
                contextTokens,
                continuationTokens,
                logLikelihood,
                greedy,
                false,
                OptionalDouble.empty(),
                Optional.empty());
    }

    /**
     * Kullback-Leibler divergence in nats, summed over the continuation's tokens.
     *
     * @param squares sum of the squares of each token's
     * @param sameTop tokens at which both models find the same one the likeliest
     */
    public record Divergence(double sum, double squares, int sameTop) {}
}
