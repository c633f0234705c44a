package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import dev.melt.core.model.synth.SynthesisOrder;
import java.nio.file.Path;

/** What a person's word for a model turned out to mean. Nothing has been made or hashed yet. */
public sealed interface ModelReference {
    /** The name under which the model is or will be known. */
    String name();

    /** A file that is there. */
    record Present(String name, Path path) implements ModelReference {
        public Present {
            requireNonNull(name, "name");
            requireNonNull(path, "path");
        }
    }

    /** A known shape whose file has to be made first. */
    record ToSynthesise(SynthesisOrder order) implements ModelReference {
        public ToSynthesise {
            requireNonNull(order, "order");
        }

        @Override
        public String name() {
            return order.modelName();
        }
    }
}
