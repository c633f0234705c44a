package dev.melt.core.run;

import dev.melt.core.home.Home;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says in words what went wrong in a run, on what evidence, and what to do about it. */
public final class Explanation {
    private static final int LINES = 5;

    private Explanation() {}

    /**
     * One thing that went wrong.
     *
     * @param trial its id
     * @param evidence raw lines, and the files that they come from
     */
    public record Finding(String trial, String what, List<String> evidence, String remedy) {
        public Finding {
            evidence = List.copyOf(evidence);
        }
    }

    /** Failed trials first, then what forbids quoting figures, in the order of the trials. */
    public static List<Finding> of(RunStore store, Home home, StoredRun run) {
        List<Finding> findings = new ArrayList<>();
        for (StoredTrial trial : store.trials(run.id())) {
            trial.outcome()
                    .filter(outcome -> outcome != Outcome.OK)
                    .ifPresent(outcome -> findings.add(new Finding(
                            trial.id(),
                            outcome + " (" + outcome.meaning() + "): " + trial.cause(),
                            evidence(home, run, trial),
                            outcome.remedy())));
            if (trial.outcome().isEmpty()) {
                findings.add(new Finding(
                        trial.id(), "not run to its end", List.of(), "go on with: melt resume " + run.id()));
            }
        }
        store.warnings(run.id()).stream()
                .filter(w -> w.warning().validity().forbidsQuoting())
                .forEach(w -> findings.add(new Finding(
                        w.trialId(),
                        w.warning().validity() + ": " + w.warning().validity().meaning(),
                        List.of(w.warning().evidence()),
                        w.warning().validity().advice())));
        return findings;
    }

    private static List<String> evidence(Home home, StoredRun run, StoredTrial trial) {
        List<String> lines = new ArrayList<>();
        for (Path folder : new TrialFolders(home, run.id(), trial.id()).existing(trial.attempt())) {
            for (String name : List.of("status", "stderr", Deaths.FILE)) {
                Path file = folder.resolve(name);
                List<String> tail = FileTail.lines(file, LINES);
                if (!tail.isEmpty()) {
                    lines.add(file + ":");
                    tail.forEach(line -> lines.add("  " + line));
                }
            }
        }
        return lines;
    }
}
