package dev.melt.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a worker's own event lines say of its one turn. */
record WorkerTimes(double loadSeconds, double prefillSeconds, double decodeSeconds, int promptTokens, int tokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static WorkerTimes read(Path events) throws IOException {
        double load = 0;
        double prefill = 0;
        int prompt = 0;
        int tokens = 0;
        long firstEnd = 0;
        long lastEnd = 0;
        for (String line : Files.readAllLines(events)) {
            JsonNode event = JSON.readTree(line);
            switch (event.path("e").asText()) {
                case "load" -> load = seconds(event);
                case "prefill" -> {
                    prefill += seconds(event);
                    prompt += event.path("tokens").asInt();
                }
                case "token" -> {
                    lastEnd = event.path("end").asLong();
                    firstEnd = tokens++ == 0 ? lastEnd : firstEnd;
                }
                default -> {
                    // not a time of the turn
                }
            }
        }
        if (tokens < 2 || prompt == 0) {
            throw new IOException(events + ": a turn of several tokens expected");
        }
        return new WorkerTimes(load, prefill, (lastEnd - firstEnd) / 1e9, prompt, tokens);
    }

    private static double seconds(JsonNode event) {
        return (event.path("end").asLong() - event.path("start").asLong()) / 1e9;
    }

    double prefillRate() {
        return promptTokens / prefillSeconds;
    }

    double decodeRate() {
        return (tokens - 1) / decodeSeconds;
    }

    /** What is not overhead. */
    double shownSeconds() {
        return loadSeconds + prefillSeconds + decodeSeconds;
    }
}
