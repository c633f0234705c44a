package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes what MLC's server is asked. The server keeps nothing but a cache of prefixes, so that a conversation is told anew with
 * each turn. Immutable.
 *
 * @param model as the server calls it
 */
record ServeRequest(String model, Settings settings) {
    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETION = "/v1/completions";

    private static final Map<Setting, String> FIELDS = Map.of(
            Setting.SEED, "seed",
            Setting.TEMPERATURE, "temperature",
            Setting.TOP_P, "top_p");

    /**
     * A turn of a conversation, for {@link #CHAT}.
     *
     * @param messages all that was said before, and the prompt
     */
    String chat(ArrayNode messages, int generate) {
        ObjectNode request = request(generate);
        request.set("messages", messages);
        return request.toString();
    }

    /** A text that is gone on with, for {@link #COMPLETION}. */
    String completion(String prompt, int generate) {
        return request(generate).put("prompt", prompt).toString();
    }

    private ObjectNode request(int generate) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("max_tokens", generate)
                .put("stream", true);
        request.putObject("stream_options").put("include_usage", true);
        FIELDS.forEach((setting, field) ->
                settings.get(setting).ifPresent(value -> request.put(field, new BigDecimal(value))));
        request.putObject("debug_config")
                .put(
                        "ignore_eos",
                        settings.get(Setting.IGNORE_EOS)
                                .map(Boolean::parseBoolean)
                                .orElse(false));
        return request;
    }
}
