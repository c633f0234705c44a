package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.engines.http.EngineHttp;
import dev.melt.engines.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parts of llama-server's interface that a benchmark needs. What it does not answer rightly is empty. */
final class LlamaServer {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEALTH = "/health";
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final EngineHttp http;

    LlamaServer(URI address) {
        http = new EngineHttp(address, HEALTH);
    }

    EngineHttp http() {
        return http;
    }

    /** Whether it has loaded its model; false too when nobody answers yet. */
    boolean isReady() throws InterruptedException {
        try {
            return http.get(HEALTH, ANSWER).succeeded();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its model, when it calls it so. */
    Optional<JsonNode> model(String alias) throws IOException, InterruptedException {
        JsonNode models = json(http.get("/v1/models", ANSWER)).path("data");
        return models.path(0).path("id").asText().equals(alias) ? Optional.of(models.path(0)) : Optional.empty();
    }

    JsonNode properties() throws IOException, InterruptedException {
        return json(http.get("/props", ANSWER));
    }

    /** The messages of a conversation in the model's template; empty when the server cannot do that. */
    Optional<String> rendered(ArrayNode messages) throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("messages", messages);
        return Optional.ofNullable(json(http.post("/apply-template", request.toString(), ANSWER))
                .path("prompt")
                .textValue());
    }

    /** The tokens of an empty text: the begin token where the model wants one. */
    List<Integer> beginning() throws IOException, InterruptedException {
        JsonNode tokens = json(http.post("/tokenize", "{\"content\":\"\",\"add_special\":true}", ANSWER))
                .path("tokens");
        return tokens.isEmpty() ? List.of() : List.of(tokens.path(0).asInt());
    }

    /** The text of tokens. */
    String text(List<Integer> tokens) throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        tokens.forEach(request.putArray("tokens")::add);
        return json(http.post("/detokenize", request.toString(), ANSWER))
                .path("content")
                .asText();
    }

    static JsonNode json(HttpAnswer answer) {
        return answer.succeeded() ? json(answer.body()) : MissingNode.getInstance();
    }

    static JsonNode json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }
}
