package dev.melt.embedded.llama;

/**
 * One operator of a graph that ran by itself, from {@code startNanos} to {@code endNanos} on the boot clock.
 *
 * @param graph number of the graph since the trace was last emptied, from 0
 * @param type element type of its first input: for a product the weights
 * @param shape of its inputs and its result
 */
public record Operator(int graph, String op, String name, String type, String shape, long startNanos, long endNanos) {}
