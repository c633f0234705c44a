package dev.melt.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code melt calibrate} says of the sampler; its peer is the clock. */
final class SamplerCost implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "sampler";
    }

    @Override
    public String question() {
        return "20 channels at 10 Hz for 20 s, three times: share of a core, and lateness of ticks";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        List<Double> share = new ArrayList<>();
        List<Double> error = new ArrayList<>();
        List<Double> missed = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            bench.awaitQuiet();
            JsonNode said =
                    JSON.readTree(bench.melt("calibrate", "local", "--json").out());
            share.add(said.path("processor_share").asDouble() * 100);
            error.add(said.path("tick_error_p99_ms").asDouble());
            missed.add(said.path("missed_ticks").asDouble());
        }
        return List.of(
                Figure.of("sampler, share of a core", share, "%", Target.atMost(1)),
                Figure.of("sampler, p99 of the tick's error", error, "ms", Target.atMost(10)),
                Figure.note("sampler, missed ticks of 201", missed, "ticks"));
    }
}
