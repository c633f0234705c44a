package dev.melt.core.event;

/**
 * The log-likelihood of a continuation after a context.
 *
 * @param id the request's number
 * @param logLikelihood natural logarithm, summed over the continuation's tokens
 * @param greedy whether each of its tokens was the most likely one
 */
public record Score(int id, int contextTokens, int continuationTokens, double logLikelihood, boolean greedy) {}
