package dev.melt.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Answers as llama-server does, with one token a word and a cache that it keeps between requests. A process of its own, started
 * by {@link ScriptedLlama}; {@code FAKE_LLAMA_CRASH} is the number of the token at which it ends as a crash does,
 * {@code FAKE_LLAMA_MS} the milliseconds from one token to the next.
 */
public final class FakeLlamaServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VOCABULARY = 1000;

    private final String alias;
    private final int context;
    private final long millis = number("FAKE_LLAMA_MS", 2);
    private final long crash = number("FAKE_LLAMA_CRASH", Long.MAX_VALUE);
    private final long readyNanos = System.nanoTime() + 50_000_000;
    private List<Integer> cache = List.of();
    private long generated;

    private FakeLlamaServer(String alias, int context) {
        this.alias = alias;
        this.context = context;
    }

    private static long number(String variable, long usual) {
        String value = System.getenv(variable);
        return value == null ? usual : Long.parseLong(value);
    }

    /** The process: the one class that may end it. */
    public static final class Main {
        private Main() {}

        /** Runs until it is ended. */
        public static void main(String[] args) throws IOException {
            serve(args);
        }

        private static void end(int exitCode) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static void serve(String[] args) throws IOException {
        if (args[0].equals("--help")) {
            System.out.println(
                    "--threads --threads-batch --ctx-size --n-gpu-layers --cache-type-k --cache-type-v --parallel"
                            + " --no-webui set Flash Attention use");
            return;
        }
        int port = Integer.parseInt(option(args, "--port"));
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            System.err.println("main: couldn't bind HTTP server socket, hostname: 127.0.0.1, port: " + port);
            Main.end(1);
            return;
        }
        FakeLlamaServer server = new FakeLlamaServer(option(args, "--alias"), Integer.parseInt(option(args, "-c")));
        http.createContext("/health", server::health);
        http.createContext("/v1/models", server::models);
        http.createContext("/props", server::props);
        http.createContext("/apply-template", server::template);
        http.createContext("/tokenize", exchange -> answer(exchange, 200, "{\"tokens\":[1]}"));
        http.createContext("/detokenize", exchange -> answer(exchange, 200, "{\"content\":\" word\"}"));
        http.createContext("/completion", server::completion);
        http.start();
    }

    private static String option(String[] args, String name) {
        for (int i = 0; i < args.length - 1; i++) {
            if (args[i].equals(name)) {
                return args[i + 1];
            }
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    private void health(HttpExchange exchange) throws IOException {
        boolean ready = System.nanoTime() > readyNanos;
        answer(
                exchange,
                ready ? 200 : 503,
                ready ? "{\"status\":\"ok\"}" : "{\"error\":{\"code\":503,\"message\":\"Loading model\"}}");
    }

    private void models(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "{\"data\":[{\"id\":\"" + alias + "\",\"meta\":{\"n_vocab\":" + VOCABULARY + ",\"n_params\":1}}]}");
    }

    private void props(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "{\"default_generation_settings\":{\"n_ctx\":" + context + "},\"build_info\":\"b9821-0123abcd\"}");
    }

    private void template(HttpExchange exchange) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode message : request(exchange).path("messages")) {
            text.append(message.path("role").asText())
                    .append(": ")
                    .append(message.path("content").asText())
                    .append('\n');
        }
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("prompt", text.append("assistant:").toString());
        answer(exchange, 200, answer.toString());
    }

    private void completion(HttpExchange exchange) throws IOException {
        JsonNode request = request(exchange);
        List<Integer> prompt = tokens(request.path("prompt"));
        if (prompt.size() >= context) {
            answer(
                    exchange,
                    400,
                    "{\"error\":{\"code\":400,\"message\":\"request (" + prompt.size()
                            + " tokens) exceeds the available context size (" + context
                            + " tokens), try increasing it\",\"type\":\"exceed_context_size_error\"}}");
            return;
        }
        int cached = request.path("cache_prompt").asBoolean() ? common(prompt) : 0;
        List<Integer> all = new ArrayList<>(prompt);
        int count = Math.max(1, request.path("n_predict").asInt());
        if (request.path("stream").asBoolean()) {
            stream(exchange, all, prompt.size() - cached, count);
        } else {
            answer(exchange, 200, last(prompt.size(), prompt.size() - cached, count));
        }
        cache = all;
    }

    private void stream(HttpExchange exchange, List<Integer> all, int evaluated, int count) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        int prompt = all.size();
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 1; i <= count; i++) {
                pause(millis);
                if (++generated >= crash) {
                    Main.end(139);
                }
                int id = 2 + all.size() % (VOCABULARY - 2);
                if (i < count) { // the last one is known and not yet in the cache
                    all.add(id);
                }
                send(
                        out,
                        "{\"content\":\" word\",\"tokens\":[" + id + "],\"stop\":false,\"tokens_predicted\":" + i
                                + ",\"tokens_evaluated\":" + prompt + "," + timings(evaluated, i) + "}");
            }
            send(out, last(prompt, evaluated, count));
        }
    }

    private String last(int prompt, int evaluated, int count) {
        return "{\"content\":\"\",\"tokens\":[],\"stop\":true,\"stop_type\":\"limit\",\"truncated\":false,"
                + "\"tokens_predicted\":" + count + ",\"tokens_evaluated\":" + prompt
                + ",\"generation_settings\":{\"temperature\":0.0,\"seed\":42}," + timings(evaluated, count) + "}";
    }

    private String timings(int evaluated, int predicted) {
        return String.format(
                Locale.ROOT,
                "\"timings\":{\"prompt_n\":%d,\"prompt_ms\":%d.5,\"predicted_n\":%d,\"predicted_ms\":%d.0}",
                evaluated,
                millis / 2,
                predicted,
                (predicted - 1) * millis);
    }

    private static void send(OutputStream out, String event) throws IOException {
        out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private int common(List<Integer> prompt) {
        int same = 0;
        while (same < Math.min(prompt.size() - 1, cache.size())
                && prompt.get(same).equals(cache.get(same))) {
            same++;
        }
        return same;
    }

    private static List<Integer> tokens(JsonNode prompt) {
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode piece :
                prompt.isArray() ? prompt : JsonNodeFactory.instance.arrayNode().add(prompt)) {
            if (piece.isNumber()) {
                tokens.add(piece.asInt());
            } else {
                for (String word : piece.asText().strip().split("\\s+", -1)) {
                    tokens.add(Math.floorMod(word.hashCode(), VOCABULARY));
                }
            }
        }
        return tokens;
    }

    private static JsonNode request(HttpExchange exchange) throws IOException {
        return JSON.readTree(exchange.getRequestBody().readAllBytes());
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
