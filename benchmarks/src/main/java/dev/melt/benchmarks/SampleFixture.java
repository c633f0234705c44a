package dev.melt.benchmarks;

import dev.melt.core.device.Platform;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.NewRun;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import dev.melt.core.trial.TrialResult;
import dev.melt.core.trial.TrialRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A trial with a million samples: twenty channels, jittered ticks, values of six digits. */
final class SampleFixture {
    static final int CHANNELS = 20;
    static final int SAMPLES = 50_000;
    static final double TOTAL = CHANNELS * (double) SAMPLES;

    private SampleFixture() {}

    static NewRun run() {
        CellFacts cell = new CellFacts(
                "f1a9",
                "local",
                "bench",
                Platform.LINUX,
                false,
                "tiny",
                Optional.empty(),
                true,
                "embedded",
                "b4916",
                "pp64-tg32",
                new TreeMap<>(),
                "{}");
        return new NewRun(
                List.of("run"),
                "0.1.0",
                Optional.empty(),
                false,
                42,
                "{}",
                Map.of(),
                List.of(cell),
                List.of(new NewRun.Slot(0, 0, TrialRole.MEASURED)));
    }

    static List<Series> series() {
        return IntStream.range(0, CHANNELS).mapToObj(SampleFixture::series).toList();
    }

    private static Series series(int number) {
        SplittableRandom random = new SplittableRandom(number);
        long[] at = new long[SAMPLES];
        double[] values = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            at[i] = 5_000_000_000_000L + 100_000_000L * i + random.nextInt(5_000_000);
            values[i] = random.nextInt(1_000_000) / 1e4;
        }
        return new Series(new Channel("power", "rail-" + number, Unit.WATT, "rapl"), at, values);
    }

    static TrialResult result(String trialId, List<Series> series) {
        return new TrialResult(
                trialId,
                Outcome.OK,
                "",
                Map.of(),
                Map.of(),
                List.of(),
                series,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
