package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** A named span, in nanoseconds on the device's boot clock. */
public sealed interface Event {
    /** {@code load}, {@code prefill}, {@code token}, {@code op:MUL_MAT}, ... */
    String name();

    /** The turn it belongs to; empty for what happens once in a trial. */
    OptionalInt turnIndex();

    long startNanos();

    long endNanos();

    /** The same, so much later. */
    Event shiftedBy(long nanos);

    /** The model file became usable: weights mapped or read. */
    record Load(long startNanos, long endNanos, PageCache cache) implements Event {
        public Load {
            checkSpan("load", startNanos, endNanos);
            requireNonNull(cache, "cache");
        }

        @Override
        public String name() {
            return "load";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.empty();
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Load(startNanos + nanos, endNanos + nanos, cache);
        }
    }

    /** A context was made: the KV cache and the buffers that the engine computes in. */
    record ContextCreated(long startNanos, long endNanos) implements Event {
        public ContextCreated {
            checkSpan("context", startNanos, endNanos);
        }

        @Override
        public String name() {
            return "context";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.empty();
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new ContextCreated(startNanos + nanos, endNanos + nanos);
        }
    }

    /** The engine evaluated something uncounted before the first turn, so that nothing is done for the first time in it. */
    record WarmUp(long startNanos, long endNanos) implements Event {
        public WarmUp {
            checkSpan("warmup", startNanos, endNanos);
        }

        @Override
        public String name() {
            return "warmup";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.empty();
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new WarmUp(startNanos + nanos, endNanos + nanos);
        }
    }

    /** An execution graph was built or optimised (NPU, compiled engines). */
    record GraphPrepare(long startNanos, long endNanos) implements Event {
        public GraphPrepare {
            checkSpan("graph_prepare", startNanos, endNanos);
        }

        @Override
        public String name() {
            return "graph_prepare";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.empty();
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new GraphPrepare(startNanos + nanos, endNanos + nanos);
        }
    }

    /**
     * A whole turn, from the moment its prompt is taken up to the end of its last token.
     *
     * @param conversation which conversation of the workload it belongs to
     * @param generated tokens that were generated, the first included
     * @param depth tokens that were in the context before it and were not timed
     */
    record Turn(int turn, int conversation, long startNanos, long endNanos, int generated, int depth) implements Event {
        public Turn {
            checkTurn(turn);
            checkSpan("turn " + turn, startNanos, endNanos);
        }

        @Override
        public String name() {
            return "turn";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.of(turn);
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Turn(turn, conversation, startNanos + nanos, endNanos + nanos, generated, depth);
        }
    }

    /** A prompt was turned into tokens. */
    record Tokenize(int turn, long startNanos, long endNanos, int tokens) implements Event {
        public Tokenize {
            checkTurn(turn);
            checkSpan("tokenize", startNanos, endNanos);
        }

        @Override
        public String name() {
            return "tokenize";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.of(turn);
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Tokenize(turn, startNanos + nanos, endNanos + nanos, tokens);
        }
    }

    /**
     * A prompt was evaluated.
     *
     * @param tokens prompt tokens that were evaluated; those taken from a KV cache are not among them
     * @param cached prompt tokens that were taken from a KV cache
     */
    record Prefill(int turn, long startNanos, long endNanos, int tokens, int cached) implements Event {
        public Prefill {
            checkTurn(turn);
            checkSpan("prefill", startNanos, endNanos);
            if (tokens < 0 || cached < 0) {
                throw new IllegalArgumentException("prefill: token counts must not be negative");
            }
        }

        @Override
        public String name() {
            return "prefill";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.of(turn);
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Prefill(turn, startNanos + nanos, endNanos + nanos, tokens, cached);
        }
    }

    /**
     * A token was generated. It has an end only: it begins where the token before it, or the prefill, ended.
     *
     * @param index 0 for the first token of the turn
     * @param id in the model's vocabulary
     * @param logitsNanos when the engine had computed what the token was chosen from; the rest up to the end is the choice
     */
    record Token(int turn, int index, long endNanos, OptionalInt id, OptionalLong logitsNanos) implements Event {
        /** Of an engine that does not tell its computing from its choosing. */
        public Token(int turn, int index, long endNanos, OptionalInt id) {
            this(turn, index, endNanos, id, OptionalLong.empty());
        }

        public Token {
            checkTurn(turn);
            if (index < 0) {
                throw new IllegalArgumentException("token: index must not be negative");
            }
            requireNonNull(id, "id");
            if (logitsNanos.isPresent() && logitsNanos.getAsLong() > endNanos) {
                throw new IllegalArgumentException("token: ends before its logits are there");
            }
        }

        @Override
        public String name() {
            return "token";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.of(turn);
        }

        @Override
        public long startNanos() {
            return endNanos;
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Token(
                    turn,
                    index,
                    endNanos + nanos,
                    id,
                    logitsNanos.isPresent() ? OptionalLong.of(logitsNanos.getAsLong() + nanos) : logitsNanos);
        }
    }

    /**
     * The steps after a turn's first token, of an engine that says how long they took together and not when each token came.
     * Stands in place of token events and never beside those of the same steps.
     *
     * @param steps forward passes in the span: one less than the tokens generated where prefill gives the first of them
     */
    record Decode(int turn, long startNanos, long endNanos, int steps) implements Event {
        public Decode {
            checkTurn(turn);
            checkSpan("decode", startNanos, endNanos);
            if (steps < 1) {
                throw new IllegalArgumentException("decode: a span has one step or more");
            }
        }

        @Override
        public String name() {
            return "decode";
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.of(turn);
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Decode(turn, startNanos + nanos, endNanos + nanos, steps);
        }
    }

    /**
     * An operator of the execution graph ran.
     *
     * @param op the operator's kind, such as {@code MUL_MAT}
     * @param tensor the name of what it computed, such as {@code ffn_up-0}
     * @param type element type of its weights, such as {@code q4_0}
     * @param shape of inputs and output, as the engine writes it
     * @param graph number of the graph evaluation within the turn, from 0
     */
    record Op(
            int turn,
            Phase phase,
            int graph,
            String op,
            String tensor,
            String type,
            String shape,
            long startNanos,
            long endNanos)
            implements Event {
        public Op {
            checkTurn(turn);
            checkSpan("op", startNanos, endNanos);
            requireNonNull(phase, "phase");
            requireNonNull(op, "op");
            requireNonNull(tensor, "tensor");
            requireNonNull(type, "type");
            requireNonNull(shape, "shape");
        }

        @Override
        public String name() {
            return "op:" + op;
        }

        @Override
        public OptionalInt turnIndex() {
            return OptionalInt.of(turn);
        }

        @Override
        public Event shiftedBy(long nanos) {
            return new Op(turn, phase, graph, op, tensor, type, shape, startNanos + nanos, endNanos + nanos);
        }
    }

    private static void checkTurn(int turn) {
        if (turn < 0) {
            throw new IllegalArgumentException("turn must not be negative, was " + turn);
        }
    }

    private static void checkSpan(String what, long startNanos, long endNanos) {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException(what + ": ends before it starts");
        }
    }
}
