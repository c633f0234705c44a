package dev.melt.cli.command;

import dev.melt.cli.text.Bytes;
import dev.melt.cli.text.Counts;
import dev.melt.cli.text.Details;
import dev.melt.core.model.Derivation;
import dev.melt.core.model.Model;
import dev.melt.core.model.shape.ModelShape;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.synth.SynthesisOrder;
import java.util.Map;
import java.util.TreeMap;

/** What is shown of a model on this host, and of a shape that can be made into one. */
final class ModelDetails {
    private ModelDetails() {}

    static Details of(Model model) {
        Details details = new Details()
                .add("name", model.name())
                .add(
                        "synthetic",
                        model.synthetic().isPresent(),
                        model.synthetic()
                                .map(made -> "yes: random weights, shape " + made.shape() + ", seed " + made.seed())
                                .orElse("no"))
                .add("architecture", model.architecture())
                .add("parameters", model.parameters(), Counts.text(model.parameters()))
                .add("quantisation", model.quantisation())
                .add("bytes", model.bytes(), Bytes.text(model.bytes()))
                .addIfKnown("sha256", model.sha256())
                .add("path", model.path().toString());
        model.derivation().ifPresent(derivation -> addTo(details, derivation));
        model.synthetic()
                .ifPresent(made -> details.jsonOnly("shape", made.shape()).jsonOnly("seed", made.seed()));
        return details;
    }

    static void addTo(Details details, Derivation derivation) {
        details.add("parent", derivation.parent())
                .add("parent_sha256", derivation.parentSha256())
                .addIfKnown("type", derivation.type())
                .add("tool", derivation.tool())
                .addIfKnown("tool_version", derivation.toolVersion())
                .addIfKnown("tool_sha256", derivation.toolSha256())
                .add("command", derivation.command(), String.join(" ", derivation.command()));
    }

    static Details of(ModelShape shape) {
        Map<String, Long> bytes = new TreeMap<>();
        for (Quantisation mix : Quantisation.values()) {
            bytes.put(mix.label(), new SynthesisOrder(shape, mix, SynthesisOrder.DEFAULT_SEED).bytes());
        }
        Details details = new Details()
                .add("name", shape.name())
                .add("kind", "shape", "shape, made when it is first used")
                .add("title", shape.title())
                .add("family", shape.family().architecture())
                .add("parameters", shape.parameters(), Counts.text(shape.parameters()))
                .add("layers", shape.layers())
                .add("embedding", shape.embedding())
                .add("heads", shape.heads())
                .add("key_value_heads", shape.keyValueHeads())
                .add("feed_forward", shape.feedForward())
                .add("vocabulary", shape.vocabulary())
                .add("context", shape.context())
                .jsonOnly("file_bytes", bytes);
        bytes.forEach((mix, size) -> details.textOnly("as " + mix, Bytes.text(size)));
        return details;
    }
}
