package dev.melt.engines.mllm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.engine.Bundle;
import java.io.IOException;
import java.util.Optional;

/** What the {@code config.json} of a bundle says of the model's cache. */
final class MllmConfig {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MllmConfig() {}

    /** The length at which the runner's cache is full; empty where the file does not say it or cannot be read. */
    static Optional<Integer> cacheLength(Bundle bundle) {
        return bundle.tool("config.json").map(Bundle.BundleFile::path).flatMap(path -> {
            try {
                JsonNode length = JSON.readTree(path.toFile()).path("max_cache_length");
                return length.isInt() && length.intValue() > 0 ? Optional.of(length.intValue()) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }
}
