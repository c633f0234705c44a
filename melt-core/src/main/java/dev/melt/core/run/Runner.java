package dev.melt.core.run;

import dev.melt.core.device.Devices;
import dev.melt.core.engine.Engines;
import dev.melt.core.home.Home;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.RunState;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Carries out what is unfinished of a stored run; a run that is new and one that is resumed are the same to it. Each device has a
 * lane of its own, in which its trials run one after another; several lanes run side by side. A trial that fails is stored with its
 * cause and the next one runs.
 */
public final class Runner {
    private final RunParts parts;

    /**
     * Makes a runner.
     *
     * @param devices opens devices; what is opened is closed by the runner
     * @param stop raised when a person wants the run to end
     * @param listener told from several threads, one at a time
     */
    public Runner(
            Home home,
            RunStore store,
            Engines engines,
            Devices devices,
            Clock clock,
            StopSignal stop,
            RunProgress.Listener listener) {
        this.parts = new RunParts(home, store, engines, devices, clock, stop, oneAtATime(listener));
    }

    private static RunProgress.Listener oneAtATime(RunProgress.Listener listener) {
        Object turn = new Object();
        return progress -> {
            synchronized (turn) {
                listener.happened(progress);
            }
        };
    }

    /** Runs every unfinished trial, and gives how many trials of the run ended in which way. */
    public Map<Outcome, Integer> run(StoredRun run, RunPlan plan) {
        long start = System.nanoTime();
        RunStore store = parts.store();
        store.markRun(run.id(), RunState.RUNNING);
        parts.listener()
                .happened(new RunProgress.RunStarted(
                        run.id(),
                        plan.trials().size(),
                        plan.cells().stream().map(Cell::label).toList()));
        try {
            sideBySide(plan.devices().stream()
                    .map(device -> new DeviceLane(parts, run, plan, device))
                    .toList());
        } finally {
            boolean done = store.unfinishedTrials(run.id()).isEmpty();
            store.markRun(run.id(), done ? RunState.DONE : RunState.INTERRUPTED);
        }
        Map<Outcome, Integer> outcomes = outcomes(run.id());
        parts.listener()
                .happened(new RunProgress.RunFinished(run.id(), outcomes, Duration.ofNanos(System.nanoTime() - start)));
        return outcomes;
    }

    /** What one lane cannot go on from is thrown once all lanes have come to their end. */
    private static void sideBySide(List<DeviceLane> lanes) {
        if (lanes.size() == 1) {
            lanes.get(0).run();
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            List<Future<Boolean>> futures = new ArrayList<>();
            for (DeviceLane lane : lanes) {
                Callable<Boolean> work = () -> {
                    lane.run();
                    return true;
                };
                futures.add(threads.submit(work));
            }
            List<RuntimeException> failures = new ArrayList<>();
            futures.forEach(future -> failures.addAll(failure(future)));
            failures.stream().reduce(Runner::both).ifPresent(failure -> {
                throw failure;
            });
        } finally {
            threads.shutdown();
        }
    }

    private static List<RuntimeException> failure(Future<Boolean> lane) {
        try {
            return lane.get() ? List.of() : List.of(new IllegalStateException("a lane has no end"));
        } catch (ExecutionException e) {
            return List.of(
                    e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new IllegalStateException("interrupted while lanes were running", e));
        }
    }

    private static RuntimeException both(RuntimeException first, RuntimeException second) {
        first.addSuppressed(second);
        return first;
    }

    private Map<Outcome, Integer> outcomes(String runId) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        parts.store().trials(runId).stream()
                .flatMap(t -> t.outcome().stream())
                .forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        return outcomes;
    }
}
