package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.Metrics;
import dev.melt.core.metric.QualityMetrics;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.store.DeviceSnapshot;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredMetric;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.store.StoredWarning;
import dev.melt.core.summary.Aggregation;
import dev.melt.core.summary.Summary;
import dev.melt.core.summary.TrialFigures;
import dev.melt.core.trial.TrialRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run came to, computed from the store alone: what {@code melt run} prints at its end and {@code melt show} later
 * is the same.
 *
 * @param absent quantities that a device could not measure, each with the reason; where there are several devices, {@code
 *     QUANTITY on DEVICE}
 */
public record RunResults(StoredRun run, List<CellResults> cells, SortedMap<String, String> absent) {
    private static final int ENOUGH_TRIALS = 5;
    private static final String ABSENT = "absent/";

    public RunResults {
        requireNonNull(run, "run");
        cells = List.copyOf(cells);
        absent = Collections.unmodifiableSortedMap(new TreeMap<>(absent));
    }

    /**
     * One cell.
     *
     * @param summaries over its measured trials
     * @param profiles over its trial with timed operators; holds shares of operators and nothing that such a trial disturbs
     * @param trials of every role
     * @param warnings of its measured trials, and those that only all of them together show
     */
    public record CellResults(
            StoredCell cell,
            List<Summary> summaries,
            List<MetricValue> profiles,
            List<StoredTrial> trials,
            List<Warning> warnings) {
        public CellResults {
            requireNonNull(cell, "cell");
            summaries = List.copyOf(summaries);
            profiles = List.copyOf(profiles);
            trials = List.copyOf(trials);
            warnings = List.copyOf(warnings);
        }
    }

    /** Reads a run's results. */
    public static RunResults of(RunStore store, StoredRun run) {
        RunPlan plan = PlanJson.read(run.id(), run.planJson());
        Map<String, List<MetricValue>> figures = new HashMap<>();
        for (StoredMetric metric : store.figures(run.id())) {
            figures.computeIfAbsent(metric.trialId(), any -> new ArrayList<>()).add(metric.value());
        }
        Map<String, List<Warning>> warnings = new HashMap<>();
        for (StoredWarning warning : store.warnings(run.id())) {
            warnings.computeIfAbsent(warning.trialId(), any -> new ArrayList<>())
                    .add(warning.warning());
        }
        List<StoredTrial> trials = store.trials(run.id());
        List<CellResults> cells = store.cells(run.id()).stream()
                .map(cell -> new OneCell(run, plan, cell, trials, figures, warnings).results())
                .toList();
        return new RunResults(run, cells, absent(store, run));
    }

    private static SortedMap<String, String> absent(RunStore store, StoredRun run) {
        Map<String, String> names = new HashMap<>();
        store.cells(run.id())
                .forEach(cell ->
                        names.put(cell.facts().deviceSerial(), cell.facts().device()));
        SortedMap<String, String> absent = new TreeMap<>();
        store.snapshots(run.id()).stream()
                .filter(s -> s.moment() == DeviceSnapshot.Moment.BEFORE)
                .forEach(s -> s.facts().forEach((key, value) -> {
                    if (key.startsWith(ABSENT)) {
                        absent.put(key.substring(ABSENT.length()) + whose(s, names), value);
                    }
                }));
        return absent;
    }

    private static String whose(DeviceSnapshot snapshot, Map<String, String> names) {
        return names.size() < 2
                ? ""
                : snapshot.deviceSerial()
                        .map(serial -> " on " + names.get(serial))
                        .orElse("");
    }

    /** Gathers the results of one cell. */
    private record OneCell(
            StoredRun run,
            RunPlan plan,
            StoredCell cell,
            List<StoredTrial> allTrials,
            Map<String, List<MetricValue>> figures,
            Map<String, List<Warning>> warnings) {
        CellResults results() {
            List<StoredTrial> trials =
                    allTrials.stream().filter(t -> t.cellId().equals(cell.id())).toList();
            List<StoredTrial> measured = ofRole(trials, TrialRole.MEASURED);
            List<Summary> summaries = new Aggregation(run.seed())
                    .summarise(measured.stream()
                            .filter(t -> t.outcome().isPresent())
                            .map(this::trialFigures)
                            .toList());
            List<Summary> all = new ArrayList<>(summaries);
            all.addAll(outside(trials));
            List<Warning> found = new ArrayList<>();
            measured.forEach(t -> found.addAll(warnings.getOrDefault(t.id(), List.of())));
            trials.stream()
                    .filter(t -> !measured.contains(t))
                    .flatMap(t -> warnings.getOrDefault(t.id(), List.of()).stream())
                    .filter(warning ->
                            warning.validity() == Validity.POWER_DISAGREES) // compared where it disturbs nothing
                    .forEach(found::add);
            found.addAll(overTrials(summaries, measured));
            List<MetricValue> profiles = ofRole(trials, TrialRole.PROFILE).stream()
                    .flatMap(t -> figures.getOrDefault(t.id(), List.of()).stream())
                    .filter(v -> v.metric().startsWith("op_share"))
                    .toList();
            return new CellResults(cell, all, profiles, trials, found);
        }

        /** Figures that trials which count do not have, because to take them disturbs. */
        private List<Summary> outside(List<StoredTrial> trials) {
            List<StoredTrial> uncounted = new ArrayList<>(ofRole(trials, TrialRole.WARMUP));
            uncounted.addAll(ofRole(trials, TrialRole.PROFILE));
            return new Aggregation(run.seed())
                            .summarise(uncounted.stream()
                                    .filter(t -> t.outcome().isPresent())
                                    .map(this::trialFigures)
                                    .toList())
                            .stream()
                            .filter(summary -> Metrics.DISTURBING.contains(summary.metric()))
                            .toList();
        }

        private List<StoredTrial> ofRole(List<StoredTrial> trials, TrialRole role) {
            return trials.stream()
                    .filter(t -> plan.trials().get(t.position()).role() == role)
                    .toList();
        }

        private TrialFigures trialFigures(StoredTrial trial) {
            return new TrialFigures(
                    trial.id(),
                    trial.outcome().orElseThrow(),
                    trial.cause(),
                    figures.getOrDefault(trial.id(), List.of()));
        }

        private static List<Warning> overTrials(List<Summary> summaries, List<StoredTrial> measured) {
            List<Warning> found = new ArrayList<>();
            long good = measured.stream()
                    .filter(t -> t.outcome().filter(o -> o == Outcome.OK).isPresent())
                    .count();
            boolean ofExam = summaries.stream().anyMatch(s -> QualityMetrics.has(s.metric()));
            if (good > 0 && good < ENOUGH_TRIALS && !ofExam) {
                found.add(new Warning(Validity.FEW_TRIALS, good + (good == 1 ? " trial" : " trials")));
            }
            Map<String, List<String>> byTrial = new TreeMap<>();
            summaries.forEach(summary -> summary.outliers()
                    .forEach(outlier -> byTrial.computeIfAbsent(outlier.trialId(), any -> new ArrayList<>())
                            .add(describe(summary, outlier))));
            byTrial.forEach((trial, figures) -> found.add(new Warning(
                    Validity.OUTLIER,
                    trial + ": " + figures.get(0)
                            + (figures.size() > 1 ? " and " + (figures.size() - 1) + " more figures" : ""))));
            return found;
        }

        private static String describe(Summary summary, Summary.Outlier outlier) {
            return String.format(
                    Locale.ROOT,
                    "%s %.4g %s (modified Z %.1f)",
                    summary.metric(),
                    outlier.value(),
                    summary.unit().symbol(),
                    outlier.modifiedZ());
        }
    }
}
