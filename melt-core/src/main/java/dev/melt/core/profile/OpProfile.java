package dev.melt.core.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges the calls of a profile as they come. Every sum is in whole nanoseconds, so the sums of the merged rows are those
 * of the calls, exactly. Holds the merged rows only, whatever the number of calls. Not thread-safe.
 */
public final class OpProfile implements ProfileSink {
    private static final int FAULTS_KEPT = 20;

    private final Merging merging;
    private final boolean stagesApart;
    private final Map<Merging.Key, Tally> merged = new HashMap<>();
    private final Map<Stage, Tally> stages = new EnumMap<>(Stage.class);
    private final SortedMap<SummaryKey, Tally> summaries = new TreeMap<>(SummaryKey.ORDER);
    private final SortedMap<DeviceKey, Tally> devices = new TreeMap<>(DeviceKey.ORDER);
    private final List<Weight> weights = new ArrayList<>();
    private final SortedMap<String, String> facts = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int moreFaults;
    private int graphNumber;
    private @Nullable Graph lastGraph;

    private record SummaryKey(Stage stage, String op) {
        static final Comparator<SummaryKey> ORDER =
                Comparator.comparing(SummaryKey::stage).thenComparing(SummaryKey::op);
    }

    private record DeviceKey(String function, String device) {
        static final Comparator<DeviceKey> ORDER =
                Comparator.comparing(DeviceKey::function).thenComparing(DeviceKey::device);
    }

    /** How long a device was busy with a function, all its graphs together, as the engine's profiler says. */
    public record Busy(String function, String device, long wallNanos) {}

    /** What an engine's own summaries say of one operator, all graphs of a stage together. */
    public record SummaryTotal(Stage stage, String op, long wallNanos) {}

    public OpProfile(Merging merging, boolean stagesApart) {
        this.merging = merging;
        this.stagesApart = stagesApart;
    }

    @Override
    public void call(OpCall call) {
        if (!call.graph().equals(lastGraph)) {
            lastGraph = call.graph();
            graphNumber++;
        }
        merged.computeIfAbsent(merging.keyOf(call, stagesApart), any -> new Tally())
                .add(call, graphNumber);
        stages.computeIfAbsent(call.graph().stage(), any -> new Tally()).add(call, graphNumber);
    }

    @Override
    public void summary(SummaryLine line) {
        summaries
                .computeIfAbsent(new SummaryKey(line.graph().stage(), line.op()), any -> new Tally())
                .add(line.wallNanos(), OptionalLong.empty());
    }

    @Override
    public void device(DeviceTotal total) {
        devices.computeIfAbsent(new DeviceKey(total.graph().function(), total.device()), any -> new Tally())
                .add(total.wallNanos(), OptionalLong.empty());
    }

    @Override
    public void weight(Weight weight) {
        weights.add(weight);
    }

    @Override
    public void fact(String key, String value) {
        facts.put(key, value);
    }

    @Override
    public void fault(String what) {
        if (faults.size() < FAULTS_KEPT) {
            faults.add(what);
        } else {
            moreFaults++;
        }
    }

    public boolean isEmpty() {
        return merged.isEmpty() && summaries.isEmpty();
    }

    /** The merged rows: by stage, and in a stage those that took longest first. */
    public List<MergedOps> rows() {
        long all = totals().stream().mapToLong(StageTotal::wallNanos).sum();
        return merged.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), all))
                .sorted(Comparator.comparing((MergedOps row) -> row.stage().orElse(Stage.WARM_UP))
                        .thenComparing(
                                Comparator.comparingLong(MergedOps::wallNanos).reversed())
                        .thenComparing(MergedOps::label))
                .toList();
    }

    private MergedOps row(Merging.Key key, Tally tally, long all) {
        long whole = key.stage()
                .map(stage -> stages.getOrDefault(stage, tally).wallNanos())
                .orElse(all);
        return new MergedOps(
                key.stage(),
                key.function(),
                key.node(),
                key.op(),
                key.device(),
                tally.graphs(),
                tally.calls(),
                tally.wallNanos(),
                tally.cpuNanos(),
                whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tally.wallNanos() / whole));
    }

    /** The stages that have calls, in their order. */
    public List<StageTotal> totals() {
        return stages.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static StageTotal total(Stage stage, Tally tally) {
        return new StageTotal(
                stage, tally.graphs(), tally.tokens(), tally.calls(), tally.wallNanos(), tally.cpuNanos());
    }

    /** The engine's own summaries, kept apart from the calls. */
    public List<SummaryTotal> summaries() {
        return summaries.entrySet().stream()
                .map(e -> new SummaryTotal(
                        e.getKey().stage(), e.getKey().op(), e.getValue().wallNanos()))
                .toList();
    }

    public List<Busy> devices() {
        return devices.entrySet().stream()
                .map(e -> new Busy(
                        e.getKey().function(), e.getKey().device(), e.getValue().wallNanos()))
                .toList();
    }

    public List<Weight> weights() {
        return List.copyOf(weights);
    }

    public SortedMap<String, String> facts() {
        return Collections.unmodifiableSortedMap(facts);
    }

    /** What was left out or is not whole: the first twenty, and how many more. */
    public List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        Optional.of(moreFaults).filter(more -> more > 0).ifPresent(more -> all.add("and " + more + " more like these"));
        return List.copyOf(all);
    }
}
