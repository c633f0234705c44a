package dev.melt.cli.command.ops;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.Event;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The operator events of a stored run, cell by cell. Those of a trial that did not end well are left out and named. */
record RunSource(RunStore store, StoredRun run) implements ProfileSource {
    @Override
    public void read(Function<Subject, ProfileSink> sinks) throws UnknownOutputException {
        Map<String, StoredTrial> trials = new HashMap<>();
        store.trials(run.id()).forEach(trial -> trials.put(trial.id(), trial));
        Map<String, Subject> subjects = new LinkedHashMap<>();
        store.cells(run.id()).forEach(cell -> subjects.put(cell.id(), subject(cell)));
        Map<String, ProfileSink> open = new HashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        store.eachEvent(run.id(), (trialId, event) -> {
            if (event instanceof Event.Op op) {
                StoredTrial trial = trials.get(trialId);
                if (trial == null || trial.outcome().filter(Outcome.OK::equals).isEmpty()) {
                    leftOut.put(trialId, "trial " + trialId + " did not end well; its operators are left out");
                    return;
                }
                open.computeIfAbsent(trial.cellId(), cell -> sinks.apply(requireNonNull(subjects.get(cell), cell)))
                        .call(OpCall.of(trialId, op));
            }
        });
        if (open.isEmpty()) {
            throw new UnknownOutputException("operator events expected, "
                    + (leftOut.isEmpty() ? "the run has none" : "only trials that did not end well have some") + "; "
                    + howToGetThem());
        }
        open.values().forEach(sink -> leftOut.values().forEach(sink::fault));
    }

    private String howToGetThem() {
        List<StoredCell> cells = store.cells(run.id());
        if (cells.isEmpty()) {
            return "'melt run' with --per-op records them";
        }
        CellFacts facts = cells.get(0).facts();
        return "record them with: melt run --device " + facts.device() + " --model " + facts.model() + " --workload "
                + facts.workload() + " --per-op";
    }

    private static Subject subject(StoredCell cell) {
        CellFacts facts = cell.facts();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("cell", cell.id());
        labels.put("model", facts.model());
        labels.put("workload", facts.workload());
        String title = facts.model() + ", " + facts.workload() + ", " + facts.engine() + " on " + facts.device();
        return new Subject(title, labels);
    }
}
