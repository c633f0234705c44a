package dev.melt.core.store;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.Platform;
import dev.melt.core.event.Event;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Phase;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import dev.melt.core.trial.Artifact;
import dev.melt.core.trial.TrialResult;
import dev.melt.core.trial.TrialRole;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A small run with one of everything, for tests. */
public final class Samples {
    public static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    public static final String SERIAL = "R5CT30ABCDE";
    public static final Channel POWER = new Channel("power", "package-0", Unit.WATT, "rapl");
    public static final Channel HEAT = new Channel("temperature", "cpu", Unit.CELSIUS, "thermal-zone");

    private Samples() {}

    public static CellFacts cell(String workload) {
        return new CellFacts(
                "f1a9",
                "pixel8",
                SERIAL,
                Platform.ANDROID,
                false,
                "tiny",
                Optional.of("ab12"),
                true,
                "llama.cpp",
                "b4916",
                workload,
                new TreeMap<>(Map.of("threads", "4", "batch", "512")),
                "{\"workload\":\"" + workload + "\"}");
    }

    public static NewRun run(int trials) {
        return new NewRun(
                List.of("run", "--device", SERIAL, "--model", "tiny"),
                "0.1.0",
                Optional.of("5cca291"),
                true,
                42,
                "{\"seed\":42}",
                Map.of("hostname", "bench", "kernel", "6.1.0"),
                List.of(cell("pp64-tg32")),
                IntStream.range(0, trials)
                        .mapToObj(i -> new NewRun.Slot(0, i, TrialRole.MEASURED))
                        .toList());
    }

    public static List<Event> events() {
        return List.of(
                new Event.Turn(0, 2, 100, 900, 2, 7),
                new Event.Load(10, 90, PageCache.WARM),
                new Event.ContextCreated(90, 91),
                new Event.WarmUp(91, 92),
                new Event.GraphPrepare(92, 99),
                new Event.Tokenize(0, 100, 110, 64),
                new Event.Prefill(0, 110, 500, 60, 4),
                new Event.Token(0, 0, 510, OptionalInt.of(318)),
                new Event.Token(0, 1, 900, OptionalInt.empty(), OptionalLong.of(880)),
                new Event.Decode(0, 510, 900, 1),
                new Event.Op(0, Phase.DECODE, 1, "MUL_MAT", "ffn_up-0", "q4_0", "[64,2],[64,1]", 600, 700));
    }

    public static TrialResult result(String trialId, Outcome outcome) {
        return new TrialResult(
                trialId,
                outcome,
                outcome == Outcome.OK ? "" : "=exit 139, see \"stderr\" of " + SERIAL + " at 10.0.0.7",
                Map.of("threads", "4"),
                Map.of("engine_version", "b4916"),
                events(),
                List.of(
                        new Series(POWER, new long[] {100, 200, 300}, new double[] {4.5, 0.1, 1e-9}),
                        new Series(HEAT, new long[] {100}, new double[] {-3})),
                List.of(
                        new MetricValue(
                                "decode_rate",
                                1,
                                OptionalInt.of(0),
                                12.345,
                                Unit.TOKENS_PER_SECOND,
                                "events",
                                OptionalDouble.empty(),
                                Optional.empty()),
                        new MetricValue(
                                "energy",
                                2,
                                OptionalInt.empty(),
                                1234567,
                                Unit.JOULE,
                                "rapl",
                                OptionalDouble.of(0.5),
                                Optional.of("B"))),
                List.of(new Warning(Validity.THROTTLED, "+1.2 GHz, then 0.8 GHz")),
                List.of(new Artifact("events.jsonl", "runs/r/trials/t/events.jsonl", "cafe", 120)),
                Optional.of(new ClockOffset(-5, 3, 1_700_000_000_000_000_000L)));
    }

    /** A result whose samples are many. */
    public static TrialResult large(String trialId, int samples) {
        long[] at = IntStream.range(0, samples).mapToLong(i -> 100_000_000L * i).toArray();
        double[] values = IntStream.range(0, samples)
                .mapToDouble(i -> 40 + i % 100 / 10.0)
                .toArray();
        return new TrialResult(
                trialId,
                Outcome.OK,
                "",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(new Series(HEAT, at, values)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
