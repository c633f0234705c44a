package dev.melt.core.model.pull;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melt.core.file.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a part that was left behind is a part of: without knowing, bytes of two different files could be joined.
 *
 * @param address without query
 * @param entityTag the server's strong tag for this content
 */
record PartNote(String address, Optional<String> entityTag) {
    private static final JsonMapper JSON = new JsonMapper();

    PartNote {
        requireNonNull(address, "address");
        requireNonNull(entityTag, "entityTag");
    }

    private static Path pathOf(Path target) {
        Path part = PartFile.partOf(target);
        return part.resolveSibling(part.getFileName() + ".json");
    }

    static Optional<PartNote> read(Path target) throws IOException {
        Path file = pathOf(target);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(file.toFile());
            return Optional.of(new PartNote(
                    root.path("address").asText(),
                    Optional.ofNullable(root.get("entity_tag")).map(JsonNode::asText)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    void write(Path target) throws IOException {
        var root = JSON.createObjectNode().put("address", address);
        entityTag.ifPresent(tag -> root.put("entity_tag", tag));
        Files.write(pathOf(target), JSON.writeValueAsBytes(root));
    }

    static void remove(Path target) throws IOException {
        Files.deleteIfExists(pathOf(target));
    }
}
