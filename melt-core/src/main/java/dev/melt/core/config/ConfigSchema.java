package dev.melt.core.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.melt.core.problem.InvalidInputException;
import java.util.Comparator;
import java.util.List;

/**
 * The JSON Schema of one kind of configuration. Making one loads the validator's classes, some 80 ms and a few MB, so it
 * is made when a file of the user is read and not before. Safe for threads.
 */
final class ConfigSchema {
    static final String FILE = "schema.json";

    private final JsonNode definition;
    private final Schema schema;

    private ConfigSchema(JsonNode definition) {
        this.definition = definition;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(definition);
    }

    static ConfigSchema of(ConfigKind kind) {
        String text = BuiltInConfigs.text(kind, FILE)
                .orElseThrow(() -> new IllegalStateException("MELT ships no schema for " + kind.folder()));
        return parse(text);
    }

    static ConfigSchema parse(String text) {
        try {
            return new ConfigSchema(new ObjectMapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema of MELT is not JSON", e);
        }
    }

    /** Throws the complaint about the first fault in the order of the lines. */
    void check(ConfigDocument document) {
        List<InvalidInputException> complaints = schema.validate(document.root()).stream()
                .map(error -> new SchemaFault(document, definition, pointer(error.getInstanceLocation()), error))
                .sorted(Comparator.comparing(
                        SchemaFault::mark, Comparator.comparingInt(Mark::line).thenComparingInt(Mark::column)))
                .map(SchemaFault::complaint)
                .toList();
        if (!complaints.isEmpty()) {
            throw complaints.get(0);
        }
    }

    static JsonPointer pointer(NodePath path) {
        JsonPointer pointer = JsonPointer.empty();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer = path.getElement(i) instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(String.valueOf(path.getElement(i)));
        }
        return pointer;
    }
}
