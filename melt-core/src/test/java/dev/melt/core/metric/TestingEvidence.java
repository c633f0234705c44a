package dev.melt.core.metric;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;

/** Builds a trial's evidence for tests. Times in seconds. */
final class TestingEvidence {
    static final double PERIOD = 0.1;

    final List<Event> events = new ArrayList<>();
    final List<Series> series = new ArrayList<>();
    final List<EnginePerf> engine = new ArrayList<>();
    final List<StatedFigure> stated = new ArrayList<>();
    EventTiming timing = EventTiming.BOOT_CLOCK;
    ModelFacts model = ModelFacts.UNKNOWN;
    DeviceFacts device = DeviceFacts.UNKNOWN;
    OptionalLong peakRss = OptionalLong.empty();
    Optional<IdlePower> idle = Optional.empty();
    OptionalDouble busyBefore = OptionalDouble.empty();
    OptionalInt threads = OptionalInt.empty();
    double clockBound;
    boolean sustained;

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** A turn whose prefill begins with it and whose tokens end at the given times after its start. */
    TestingEvidence turn(int index, double start, int prompt, double prefill, double... tokenEnds) {
        events.add(new Event.Prefill(index, nanos(start), nanos(start + prefill), prompt, 0));
        return tokens(index, start, tokenEnds);
    }

    TestingEvidence tokens(int index, double start, double... tokenEnds) {
        for (int i = 0; i < tokenEnds.length; i++) {
            events.add(new Event.Token(index, i, nanos(start + tokenEnds[i]), OptionalInt.of(i)));
        }
        double end = start + tokenEnds[tokenEnds.length - 1];
        events.add(new Event.Turn(index, 0, nanos(start), nanos(end), tokenEnds.length, 0));
        return this;
    }

    /** A turn without events of its inside, for figures that only ask when the engine worked. */
    TestingEvidence busy(int index, double start, double end) {
        return turn(index, start, 8, (end - start) / 2, (end - start) / 2, end - start);
    }

    /** Readings of a function of time, the first at {@code from}, the last not after {@code to}. */
    TestingEvidence sampled(
            String quantity, String site, Unit unit, String source, double from, double to, DoubleUnaryOperator value) {
        int n = (int) Math.floor((to - from) / PERIOD + 1e-9) + 1;
        double[] at = new double[n];
        Arrays.setAll(at, i -> from + i * PERIOD);
        return sampledAt(quantity, site, unit, source, at, value);
    }

    TestingEvidence sampledAt(
            String quantity, String site, Unit unit, String source, double[] at, DoubleUnaryOperator value) {
        series.add(new Series(
                new Channel(quantity, site, unit, source),
                Arrays.stream(at).mapToLong(TestingEvidence::nanos).toArray(),
                Arrays.stream(at).map(value).toArray()));
        return this;
    }

    TestingEvidence rail(double from, double to, DoubleUnaryOperator watts) {
        return sampled(Quantities.POWER, "VDD_IN", Unit.WATT, "ina3221", from, to, watts);
    }

    TrialEvidence build() {
        return new TrialEvidence(
                events,
                series,
                timing,
                engine,
                stated,
                model,
                device,
                peakRss,
                idle,
                busyBefore,
                threads,
                nanos(PERIOD),
                nanos(clockBound) + timing.boundNanos(),
                sustained);
    }

    Figures figures() {
        return new Figures(MetricComputation.compute(build()));
    }

    List<Warning> warnings() {
        TrialEvidence evidence = build();
        return ValidityChecks.check(evidence, MetricComputation.compute(evidence));
    }

    /** What came out, to look into. */
    record Figures(List<MetricValue> all) {
        OptionalDouble trial(String metric) {
            return value(metric, OptionalInt.empty())
                    .map(v -> OptionalDouble.of(v.value()))
                    .orElse(OptionalDouble.empty());
        }

        OptionalDouble turn(String metric, int turn) {
            return value(metric, OptionalInt.of(turn))
                    .map(v -> OptionalDouble.of(v.value()))
                    .orElse(OptionalDouble.empty());
        }

        Optional<MetricValue> value(String metric, OptionalInt turn) {
            return all.stream()
                    .filter(v -> v.metric().equals(metric) && v.turn().equals(turn))
                    .findFirst();
        }

        MetricValue ofTrial(String metric) {
            return value(metric, OptionalInt.empty()).orElseThrow();
        }
    }
}
