package dev.melt.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A derivation as a field {@code derivation} of the file beside a model. */
final class DerivationJson {
    private static final String FIELD = "derivation";

    private DerivationJson() {}

    static Optional<Derivation> read(JsonNode root) {
        JsonNode node = root.path(FIELD);
        if (!node.path("parent").isTextual() || !node.path("parent_sha256").isTextual()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        node.path("command").forEach(word -> command.add(word.asText()));
        return Optional.of(new Derivation(
                node.path("parent").asText(),
                node.path("parent_sha256").asText(),
                text(node, "type"),
                node.path("tool").asText(),
                text(node, "tool_sha256"),
                text(node, "tool_version"),
                command));
    }

    static void write(ObjectNode root, Derivation derivation) {
        ObjectNode node = root.putObject(FIELD)
                .put("parent", derivation.parent())
                .put("parent_sha256", derivation.parentSha256())
                .put("tool", derivation.tool());
        derivation.type().ifPresent(type -> node.put("type", type));
        derivation.toolSha256().ifPresent(hash -> node.put("tool_sha256", hash));
        derivation.toolVersion().ifPresent(version -> node.put("tool_version", version));
        ArrayNode command = node.putArray("command");
        derivation.command().forEach(command::add);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }
}
