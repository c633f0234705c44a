package dev.melt.engines.llamacpp;

import java.util.List;

/**
 * When tokens were made, in {@code System.nanoTime()}. A token arrives late by what link, buffers and a busy host add, and often
 * together with others; the server says how long after the first token each was made. No token arrives before it is made, so the
 * one with the shortest way bounds the first: the server's distances are laid from there. Where the server gives none, a token
 * counts from its arrival.
 */
record TokenTimes(List<Completion.Token> tokens) {
    List<Long> nanos() {
        if (tokens.stream().anyMatch(token -> token.serverNanos().isEmpty())) {
            return tokens.stream().map(Completion.Token::arrivedNanos).toList();
        }
        long first = tokens.stream()
                .mapToLong(token -> token.arrivedNanos() - token.serverNanos().getAsLong())
                .min()
                .orElse(0);
        return tokens.stream()
                .map(token -> first + token.serverNanos().getAsLong())
                .toList();
    }
}
