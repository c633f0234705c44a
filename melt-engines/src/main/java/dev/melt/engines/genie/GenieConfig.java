package dev.melt.engines.genie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The configuration of a dialog. Genie takes no options but from it, so each turn gets a copy of the model's own with what
 * was asked for put in. Not safe for threads.
 */
final class GenieConfig {
    /** What the file is called in every bundle. */
    static final String NAME = "genie_config.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Setting, String> SAMPLER =
            Map.of(Setting.SEED, "seed", Setting.TOP_K, "top-k", Setting.TOP_P, "top-p", Setting.TEMPERATURE, "temp");

    private final ObjectNode root;

    private GenieConfig(ObjectNode root) {
        this.root = root;
    }

    /**
     * The model's own configuration.
     *
     * @throws InvalidInputException when it is none, or of a dialog that generates in another way than token after token
     */
    static GenieConfig read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (root instanceof ObjectNode object
                    && root.path("dialog").path("context").isObject()) {
                String type = root.path("dialog").path("type").asText("basic");
                if (type.equals("basic")) {
                    return new GenieConfig(object);
                }
                throw fault(file, "type " + type);
            }
            throw fault(file, "no dialog with a context");
        } catch (JsonProcessingException e) {
            throw fault(file, "no JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInputException fault(Path file, String finding) {
        return new InvalidInputException(
                file.toString(),
                "the configuration of a basic dialog expected",
                finding + " found",
                "take the file that came with the compiled model");
    }

    /** Longest context that the graphs were compiled for. */
    int context() {
        return root.path("dialog").path("context").path("size").asInt(0);
    }

    /** The same with a turn's settings and the most tokens that it may generate. */
    String with(Settings settings, int generate) {
        ObjectNode copy = root.deepCopy();
        ObjectNode dialog = copy.withObject("/dialog");
        dialog.put("max-num-tokens", generate);
        each(settings, SAMPLER, (key, value) -> number(dialog.withObject("/sampler"), key, value));
        settings.get(Setting.CONTEXT).ifPresent(size -> number(dialog.withObject("/context"), "size", size));
        settings.get(Setting.THREADS).ifPresent(threads -> number(dialog.withObject("/engine"), "n-threads", threads));
        return copy.toPrettyString() + "\n";
    }

    private static void each(Settings settings, Map<Setting, String> keys, BiConsumer<String, String> put) {
        keys.forEach((setting, key) -> settings.get(setting).ifPresent(value -> put.accept(key, value)));
    }

    private static void number(ObjectNode node, String key, String value) {
        if (value.contains(".")) {
            node.put(key, Double.parseDouble(value));
        } else {
            node.put(key, Long.parseLong(value));
        }
    }
}
