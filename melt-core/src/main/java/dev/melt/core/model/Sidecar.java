package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a model file, in a JSON file of its own: chiefly its digest, which is believed as long as the
 * file's stamp is the same. It can be lost or damaged without harm; then the file is read again.
 *
 * @param source the address it was fetched from, without query
 * @param derivation what it was made from
 */
record Sidecar(
        FileStamp stamp, String sha256, Optional<String> source, Optional<Derivation> derivation, Instant created) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_BYTES = 1 << 16;

    Sidecar {
        requireNonNull(stamp, "stamp");
        requireNonNull(sha256, "sha256");
        requireNonNull(source, "source");
        requireNonNull(derivation, "derivation");
        requireNonNull(created, "created");
    }

    /** The one in that file; empty when there is none that can be understood. */
    static Optional<Sidecar> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(file.toFile());
            FileStamp stamp = new FileStamp(
                    root.path("bytes").asLong(),
                    root.path("modified_ns").asLong(),
                    root.path("inode").asText());
            return Optional.of(new Sidecar(
                    stamp,
                    root.path("sha256").asText(),
                    Optional.ofNullable(root.get("source")).map(JsonNode::asText),
                    DerivationJson.read(root),
                    Instant.ofEpochMilli(root.path("created_ms").asLong())));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Writes it, with what the model's header says beside it for people and scripts. */
    void write(Path file, Model model) throws IOException {
        ObjectNode root = JSON.createObjectNode()
                .put("name", model.name())
                .put("architecture", model.architecture())
                .put("parameters", model.parameters())
                .put("quantisation", model.quantisation())
                .put("synthetic", model.synthetic().isPresent())
                .put("sha256", sha256)
                .put("bytes", stamp.bytes())
                .put("modified_ns", stamp.modifiedNanos())
                .put("inode", stamp.inode())
                .put("created", created.toString())
                .put("created_ms", created.toEpochMilli());
        model.synthetic().ifPresent(made -> root.put("shape", made.shape()).put("seed", made.seed()));
        source.ifPresent(address -> root.put("source", address));
        derivation.ifPresent(known -> DerivationJson.write(root, known));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "sidecar", ".tmp");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
