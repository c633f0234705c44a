package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.Event;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One row of a profile: an operator at one place of one graph.
 *
 * @param node its place in the graph: a number, or the name of the tensor that it computes; empty where the engine tells
 *     no places
 * @param device that carried it out, as the engine names it
 * @param shape as the engine writes it: the result's in a dump of ggml, the arguments' in a report of TVM
 * @param calls how many calls the row stands for
 * @param wallNanos elapsed time of all its calls, by the clock or timer of the engine
 * @param cpuNanos processor time of all threads together
 */
public record OpCall(
        Graph graph,
        Optional<String> node,
        String op,
        Optional<String> device,
        String shape,
        long calls,
        long wallNanos,
        OptionalLong cpuNanos) {
    public OpCall {
        requireNonNull(graph, "graph");
        requireNonNull(node, "node");
        requireNonNull(op, "op");
        requireNonNull(device, "device");
        requireNonNull(shape, "shape");
        requireNonNull(cpuNanos, "cpuNanos");
        if (calls < 0 || wallNanos < 0 || cpuNanos.orElse(0) < 0) {
            throw new IllegalArgumentException(op + ": counts and times must not be negative");
        }
    }

    /**
     * An operator that an engine reported as an event.
     *
     * @param trial whose turn it belongs to
     */
    public static OpCall of(String trial, Event.Op event) {
        Graph graph = new Graph(
                trial + "/" + event.turn(), event.graph(), Graph.UNNAMED, Stage.of(event.phase()), OptionalInt.empty());
        return new OpCall(
                graph,
                Optional.of(event.tensor()).filter(name -> !name.isEmpty()),
                event.op(),
                Optional.empty(),
                event.shape(),
                1,
                event.endNanos() - event.startNanos(),
                OptionalLong.empty());
    }
}
