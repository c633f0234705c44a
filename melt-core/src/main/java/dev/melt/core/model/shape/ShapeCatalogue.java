package dev.melt.core.model.shape;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.config.ConfigDocument;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.config.ConfigKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The shapes that MELT knows by name: those that ship with it, and those that a person put beside them. */
public final class ShapeCatalogue {
    private final ConfigFiles configs;

    public ShapeCatalogue(ConfigFiles configs) {
        this.configs = configs;
    }

    /** All names, sorted. */
    public List<String> names() {
        return configs.names(ConfigKind.MODELS);
    }

    public boolean has(String name) {
        return configs.has(ConfigKind.MODELS, name);
    }

    /**
     * The shape of that name.
     *
     * @throws dev.melt.core.problem.InvalidInputException when there is none, with near names, or its file has a fault
     */
    public ModelShape shape(String name) {
        ConfigDocument document = configs.read(ConfigKind.MODELS, name);
        try {
            return read(document.name(), document.root());
        } catch (IllegalArgumentException e) {
            throw document.fault(
                    JsonPointer.empty(),
                    "the dimensions of a model",
                    String.valueOf(e.getMessage()),
                    "correct the file");
        }
    }

    private static ModelShape read(String name, JsonNode root) {
        ModelFamily family = ModelFamily.of(root.path("family").asText())
                .orElseThrow(() -> new IllegalArgumentException("family " + root.path("family") + " is not known"));
        int embedding = root.path("embedding").asInt();
        int heads = root.path("heads").asInt();
        int headLength = root.path("headLength").asInt(heads > 0 ? embedding / heads : 0);
        TokenizerKind tokenizer =
                TokenizerKind.valueOf(root.path("tokenizer").asText().toUpperCase(Locale.ROOT));
        return new ModelShape(
                name,
                root.path("title").asText(name),
                family,
                root.path("vocabulary").asInt(),
                embedding,
                root.path("layers").asInt(),
                heads,
                root.path("keyValueHeads").asInt(heads),
                headLength,
                root.path("feedForward").asInt(),
                root.path("context").asInt(),
                new ModelShape.Rope(
                        root.path("ropeBase").asDouble(10_000),
                        root.path("ropeDimensions").asInt(headLength)),
                root.path("normEpsilon").asDouble(1e-5),
                root.path("tiedEmbeddings").asBoolean(false),
                root.path("attentionBias").asBoolean(false),
                root.has("slidingWindow")
                        ? OptionalInt.of(root.path("slidingWindow").asInt())
                        : OptionalInt.empty(),
                tokenizer,
                Optional.ofNullable(root.get("preTokenizer")).map(JsonNode::asText),
                ChatStyle.of(root.path("chat").asText()));
    }
}
