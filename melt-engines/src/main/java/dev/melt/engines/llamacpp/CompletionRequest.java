package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import java.math.BigDecimal;
import java.util.Map;

/** Writes what {@code /completion} is asked. */
record CompletionRequest(Settings settings) {
    private static final Map<Setting, String> FIELDS = Map.of(
            Setting.SEED, "seed",
            Setting.TEMPERATURE, "temperature",
            Setting.TOP_K, "top_k",
            Setting.TOP_P, "top_p",
            Setting.MIN_P, "min_p",
            Setting.REPEAT_PENALTY, "repeat_penalty");

    /**
     * An answer, token by token.
     *
     * @param prompt a text, or an array of token ids and texts
     * @param continuing whether what is in the cache already shall be used
     * @param exact whether the answer goes on to its full length whatever is generated
     */
    String answer(JsonNode prompt, int generate, boolean continuing, boolean exact) {
        ObjectNode request = request(prompt, generate, continuing).put("stream", true);
        request.put("timings_per_token", true).put("return_tokens", true).put("ignore_eos", exact);
        FIELDS.forEach((setting, field) ->
                settings.get(setting).ifPresent(value -> request.put(field, new BigDecimal(value))));
        return request.toString();
    }

    /** Brings tokens into the cache and asks for nothing. */
    String filling(JsonNode prompt) {
        return request(prompt, 0, true).toString();
    }

    private static ObjectNode request(JsonNode prompt, int generate, boolean continuing) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("prompt", prompt);
        return request.put("n_predict", generate).put("cache_prompt", continuing);
    }

    /** The sampling that a server says it used, under MELT's keys. */
    static ObjectNode effective(JsonNode generationSettings) {
        ObjectNode effective = JsonNodeFactory.instance.objectNode();
        FIELDS.forEach((setting, field) -> {
            JsonNode value = generationSettings.path(field);
            if (value.isNumber()) {
                effective.set(setting.key(), value);
            }
        });
        return effective;
    }
}
