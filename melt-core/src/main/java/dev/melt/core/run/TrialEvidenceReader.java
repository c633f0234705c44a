package dev.melt.core.run;

import dev.melt.core.engine.Setting;
import dev.melt.core.event.EventLog;
import dev.melt.core.metric.DeviceFacts;
import dev.melt.core.metric.EventTiming;
import dev.melt.core.metric.IdlePower;
import dev.melt.core.metric.ModelFacts;
import dev.melt.core.metric.PowerSource;
import dev.melt.core.metric.TotalPower;
import dev.melt.core.metric.TrialEvidence;
import dev.melt.core.metric.Window;
import dev.melt.core.telemetry.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gathers what the figures of one trial are computed from. */
final class TrialEvidenceReader {
    private static final String UTILISATION = "utilisation/all";
    private static final String MAX_FREQUENCY = "max_frequency_hz/";

    private final Cell cell;
    private final TrialContext context;
    private final RawTrial raw;
    private final EventLog log;
    private final EventTiming timing;
    private final List<Series> series;
    private final long periodNanos;

    TrialEvidenceReader(Cell cell, TrialContext context, RawTrial raw, EventLog log, EventTiming timing) {
        this.cell = cell;
        this.context = context;
        this.raw = raw;
        this.log = log;
        this.timing = timing;
        this.series = raw.series();
        this.periodNanos = context.protocol().samplingPeriod().toNanos();
    }

    TrialEvidence evidence() {
        return new TrialEvidence(
                log.events(),
                series,
                timing,
                log.perf(),
                log.figures(),
                modelFacts(),
                deviceFacts(),
                raw.status().peakRssBytes(),
                idlePower(),
                busyShareBefore(),
                threads(),
                periodNanos,
                clockBoundNanos() + timing.boundNanos(),
                cell.script().repeatFor().isPresent()
                        || cell.script().repeatTurns().isPresent());
    }

    private ModelFacts modelFacts() {
        OptionalLong kvBytes = wholeFact("memory.kv_bytes");
        OptionalLong context = whole(log.effective().get(Setting.CONTEXT.key()));
        OptionalDouble perPosition = kvBytes.isPresent() && context.isPresent() && context.getAsLong() > 0
                ? OptionalDouble.of((double) kvBytes.getAsLong() / context.getAsLong())
                : OptionalDouble.empty();
        return new ModelFacts(
                OptionalLong.of(cell.model().bytes()),
                OptionalLong.of(cell.model().parameters()),
                kvBytes,
                perPosition,
                "engine");
    }

    private OptionalLong wholeFact(String key) {
        return whole(log.facts().get(key));
    }

    private static OptionalLong whole(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private DeviceFacts deviceFacts() {
        SortedMap<String, String> facts = context.device().facts();
        Map<String, Double> fullFrequencies = new HashMap<>();
        facts.forEach((key, value) -> {
            if (key.startsWith(MAX_FREQUENCY)) {
                number(value).ifPresent(hz -> fullFrequencies.put(key.substring(MAX_FREQUENCY.length()), hz));
            }
        });
        OptionalDouble cores = number(facts.get("cores"));
        return new DeviceFacts(
                cores.isPresent() ? OptionalInt.of((int) cores.getAsDouble()) : OptionalInt.empty(),
                number(facts.get("battery_capacity_mah")),
                number(facts.get("peak_memory_bytes_per_second")),
                number(facts.get("peak_operations_per_second")),
                fullFrequencies);
    }

    private static OptionalDouble number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,15}(\\.[0-9]+)?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private OptionalInt threads() {
        return cell.settings()
                .get(Setting.THREADS)
                .map(t -> OptionalInt.of(Integer.parseInt(t)))
                .orElse(OptionalInt.empty());
    }

    /** Power at rest: the agent waits before the engine and after it, and samples meanwhile. */
    private Optional<IdlePower> idlePower() {
        if (raw.status().startNanos().isEmpty() || raw.status().endNanos().isEmpty()) {
            return Optional.empty();
        }
        Optional<PowerSource> power = TotalPower.choose(series, periodNanos);
        if (power.isEmpty()) {
            return Optional.empty();
        }
        long idle = context.protocol().idle().toNanos();
        long start = raw.status().startNanos().getAsLong();
        long end = raw.status().endNanos().getAsLong();
        OptionalDouble before = mean(power.get(), start, start + idle);
        OptionalDouble after = mean(power.get(), end, end + idle);
        return before.isPresent() && after.isPresent()
                ? Optional.of(new IdlePower(
                        before.getAsDouble(), after.getAsDouble(), power.get().name()))
                : Optional.empty();
    }

    /**
     * The outermost ticks lie within a period of the window's edges and bound the part that can be read; on a machine that
     * wakes the sampler late they lie further inside.
     */
    private OptionalDouble mean(PowerSource power, long from, long to) {
        OptionalDouble mean = OptionalDouble.empty();
        for (long margin = periodNanos; mean.isEmpty() && to - margin > from + margin; margin *= 2) {
            mean = power.meanWatts(new Window(from + margin, to - margin));
        }
        return mean;
    }

    private OptionalDouble busyShareBefore() {
        if (raw.status().startNanos().isEmpty()) {
            return OptionalDouble.empty();
        }
        long start = raw.status().startNanos().getAsLong()
                + context.protocol().idle().toNanos();
        return series.stream()
                .filter(s -> s.channel().name().equals(UTILISATION))
                .flatMapToDouble(s -> IntStream.range(0, s.size())
                        .filter(i -> s.atNanos()[i] <= start)
                        .mapToDouble(i -> s.values()[i]))
                .average();
    }

    /** Of the agent's stamps, and of events that a client on the host stamped. */
    private long clockBoundNanos() {
        return agentBoundNanos() + wholeFact("engine.clock_bound_ns").orElse(0);
    }

    private long agentBoundNanos() {
        return Optional.ofNullable(raw.status().details().get("clock_bound_ns"))
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
