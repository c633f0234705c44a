package dev.melt.core.event;

/**
 * An engine's own timing of one turn, kept beside MELT's and never mixed with it.
 *
 * @param prefillSeconds time that it says it spent on the prompt
 * @param prefillTokens tokens evaluated in that time
 * @param decodeSeconds time that it says it spent on decoding
 * @param decodeTokens decode steps in that time: one less than the tokens generated where prefill gives the first
 */
public record EnginePerf(int turn, double prefillSeconds, int prefillTokens, double decodeSeconds, int decodeTokens) {}
