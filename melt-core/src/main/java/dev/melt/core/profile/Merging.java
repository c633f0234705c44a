package dev.melt.core.profile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which calls become one row. Stages stay apart in each unless they are merged on purpose. */
public enum Merging {
    /** By operator and device. */
    OP,
    /** By place in the graph; by function where the engine tells no places. */
    MODULE,
    /** By function of a compiled engine. */
    FUNCTION;

    /** What the calls of a row have in common; empty is what they differ in, or do not have. */
    record Key(
            Optional<Stage> stage,
            Optional<String> function,
            Optional<String> node,
            Optional<String> op,
            Optional<String> device) {
        // spelled out, here and in Graph: the ones that Java makes for a record cost 20 ms when they are first used

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && stage.equals(key.stage)
                    && function.equals(key.function)
                    && node.equals(key.node)
                    && op.equals(key.op)
                    && device.equals(key.device);
        }

        @Override
        public int hashCode() {
            int hash = stage.hashCode();
            hash = 31 * hash + function.hashCode();
            hash = 31 * hash + node.hashCode();
            hash = 31 * hash + op.hashCode();
            return 31 * hash + device.hashCode();
        }
    }

    Key keyOf(OpCall call, boolean stagesApart) {
        Optional<Stage> stage = stagesApart ? Optional.of(call.graph().stage()) : Optional.empty();
        if (this == OP) {
            return new Key(stage, Optional.empty(), Optional.empty(), Optional.of(call.op()), call.device());
        }
        if (this == MODULE && call.node().isPresent()) {
            return new Key(stage, Optional.empty(), call.node(), Optional.of(call.op()), Optional.empty());
        }
        Optional<String> function = Optional.of(call.graph().function());
        return new Key(stage, function, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
