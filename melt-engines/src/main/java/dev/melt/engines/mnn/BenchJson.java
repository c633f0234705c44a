package dev.melt.engines.mnn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The JSON file of {@code llm_bench}: one object, on one line or on several, with other lines around it. */
final class BenchJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchJson() {}

    /** The object in a text; empty where there is none or it is cut off. */
    static Optional<BenchOutput.Contents> in(ConsoleText text) {
        String all = text.text();
        int results = all.indexOf("\"results\"");
        int from = results < 0 ? -1 : all.lastIndexOf("{", results);
        int to = all.lastIndexOf('}');
        if (from < 0 || to < from) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(all.substring(from, to + 1));
            return root.path("results").isArray()
                    ? Optional.of(contents(root, text.lines().size() - 1))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static BenchOutput.Contents contents(JsonNode root, int lastLine) {
        Map<String, String> about = new HashMap<>();
        put(root, "model", "model", about);
        put(root, "backend", "backend", about);
        put(root, "threads", "threads", about);
        put(root, "useMmap", "mmap", about);
        List<BenchTest> tests = new ArrayList<>();
        for (JsonNode result : root.path("results")) {
            tests.add(test(result));
        }
        return new BenchOutput.Contents(tests, about, lastLine);
    }

    private static BenchTest test(JsonNode result) {
        int prompt = result.path("prompt_len").asInt(0);
        int generate = result.path("generate_len").asInt(0);
        boolean both = prompt > 0 && generate > 0;
        return new BenchTest(
                prompt,
                generate,
                both ? rate(result, "prefill_tps", "prefill_std") : generate == 0 ? single(result) : Optional.empty(),
                both ? rate(result, "decode_tps", "decode_std") : prompt == 0 ? single(result) : Optional.empty(),
                positive(result.path("loading_time")));
    }

    private static Optional<Rate> single(JsonNode result) {
        return rate(result, "tps", "std");
    }

    private static Optional<Rate> rate(JsonNode result, String mean, String deviation) {
        OptionalDouble value = positive(result.path(mean));
        return value.isPresent()
                ? Optional.of(
                        new Rate(value.getAsDouble(), result.path(deviation).asDouble(0)))
                : Optional.empty();
    }

    private static OptionalDouble positive(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue()) && value.doubleValue() > 0
                ? OptionalDouble.of(value.doubleValue())
                : OptionalDouble.empty();
    }

    private static void put(JsonNode root, String key, String name, Map<String, String> about) {
        if (root.path(key).isValueNode()) {
            about.put(name, root.path(key).asText());
        }
    }
}
