package dev.melt.core.run;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineClient;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.OversizeOutputException;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.ServedEngine;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialResult;
import dev.melt.core.trial.TrialRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Carries out one trial on one device: gate, start, watch, collect, assemble. Finds an engine that an earlier MELT
 * started and that still runs, and goes on where one that was killed stopped.
 */
final class TrialExecution {
    /**
     * How long the agent waits on the device at a time. It answers at the engine's end and on Ctrl-C at once; this is how
     * late a stop may be seen that reaches this process alone. Each wait costs the device two processes.
     */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** For the signal that the agent's answer may have overtaken. */
    private static final Duration STOP_MAY_FOLLOW = Duration.ofMillis(20);

    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Told when the engine runs: whether it was found running, and the temperature seen before it. */
    interface StartListener {
        /** Called once an attempt, before the watch begins. */
        void started(boolean found, OptionalDouble temperatureCelsius);
    }

    private final DeviceDriver driver;
    private final Agent agent;
    private final EngineAdapter adapter;
    private final Bundle bundle;
    private final RunStore store;
    private final StopSignal stop;
    private final RunProgress.Listener listener;
    private final Lane lane;
    private final TrialGate gate;
    private final TrialFolders folders;
    private final StoredTrial stored;
    private final Cell cell;
    private final PlannedTrial planned;
    private final Protocol protocol;
    private final List<Warning> warnings;
    private Optional<EngineSpan> span = Optional.empty();

    TrialExecution(
            Lane lane,
            StoredTrial stored,
            PlannedTrial planned,
            Cell cell,
            Protocol protocol,
            TrialFolders folders,
            TrialGate gate) {
        this.driver = lane.driver();
        this.agent = driver.agent();
        this.adapter = lane.adapter(cell);
        this.bundle = lane.bundle(cell);
        this.store = lane.store();
        this.stop = lane.stop();
        this.listener = lane.listener();
        this.lane = lane;
        this.gate = gate;
        this.folders = folders;
        this.stored = stored;
        this.planned = planned;
        this.cell = cell;
        this.protocol = protocol;
        this.warnings = new ArrayList<>(StandingWarnings.of(cell, lane.device()));
    }

    /** Runs the trial to its end and gives what came of it; the caller stores it. */
    TrialResult execute(Placement placement, StartListener started) {
        int attempt = stored.attempt();
        if (attempt > 0) {
            AgentStatus earlier = standing(attempt);
            if (earlier.state() == AgentStatus.State.RUNNING) {
                started.started(true, OptionalDouble.empty());
                return finish(attempt, watch(attempt));
            }
            if (earlier.state() != AgentStatus.State.UNKNOWN) {
                endOrphan(attempt, earlier);
                agent.collect(folders.deviceId(attempt), folders.attempt(attempt));
            }
            Optional<TrialResult> done = resultOfEarlier(attempt, earlier);
            if (done.isPresent()) {
                return done.get();
            }
        }
        return attempt(attempt + 1, placement, started);
    }

    /** How the attempt before stands. A server whose client is gone is ended: nobody would ask it anything any more. */
    private AgentStatus standing(int attempt) {
        AgentStatus status = agent.status(folders.deviceId(attempt));
        if (status.state() == AgentStatus.State.RUNNING && adapter instanceof ServedEngine) {
            agent.stop(folders.deviceId(attempt));
            return agent.status(folders.deviceId(attempt));
        }
        return status;
    }

    /** The result of the attempt before, where it came to an end of its own; empty when the trial has to go on. */
    private Optional<TrialResult> resultOfEarlier(int attempt, AgentStatus earlier) {
        List<Path> left = folders.existing(attempt);
        if (left.isEmpty() || !left.get(left.size() - 1).equals(folders.attempt(attempt))) {
            return Optional.empty();
        }
        // only the device itself can tell that it restarted
        AgentStatus status = earlier.state() == AgentStatus.State.UNKNOWN ? TrialAssembly.status(left) : earlier;
        boolean broken = status.state() == AgentStatus.State.LOST || status.state() == AgentStatus.State.STOPPED;
        if (!broken) {
            noteSpan(status);
            boolean sameBoot = earlier.state() != AgentStatus.State.UNKNOWN && !earlier.rebooted();
            Optional<ClockOffset> clock = sameBoot ? Optional.of(agent.clockOffset()) : Optional.empty();
            return Optional.of(assemble(attempt, clock, Optional.empty()));
        }
        return restart(status).map(verdict -> assemble(attempt, Optional.empty(), Optional.of(verdict)));
    }

    private static Optional<Verdict> restart(AgentStatus status) {
        return status.state() == AgentStatus.State.LOST && status.rebooted()
                ? Optional.of(new Verdict(Outcome.REBOOTED, "the device restarted while the trial ran"))
                : Optional.empty();
    }

    private TrialResult attempt(int attempt, Placement placement, StartListener started) {
        GateKeeper.Passage passage = gate.pass(new GateKeeper(
                protocol.gate(),
                agent::observe,
                GateKeeper.Pause.of(stop),
                (unmet, waited, left) -> listener.happened(new RunProgress.Waiting(stored.id(), unmet, waited, left))));
        if (stop.isRaised()) {
            return TrialAssembly.notStarted(
                    stored.id(), new Verdict(Outcome.INTERRUPTED, "stopped before the engine was started"));
        }
        if (!passage.open()) {
            return TrialAssembly.notStarted(
                    stored.id(),
                    new Verdict(Outcome.REFUSED, "the gate did not open: " + String.join("; ", passage.unmet())));
        }
        List<String> unmet = lane.unmet(cell);
        if (!unmet.isEmpty()) {
            return TrialAssembly.notStarted(stored.id(), new Verdict(Outcome.NOT_APPLIED, String.join("; ", unmet)));
        }
        passage.unreadable()
                .forEach(what -> warnings.add(new Warning(Validity.GATE_NOT_READABLE, what + " is not reported")));
        EngineJob job = engineJob(attempt);
        Invocation invocation = adapter.invocation(job, lane.device(), placement);
        store.markStarted(stored.id(), attempt);
        if (adapter instanceof ServedEngine served) {
            ClockOffset clock = agent.clockOffset();
            agent.start(job(attempt, invocation));
            started.started(false, passage.last().max("temperature"));
            return finish(attempt, serve(attempt, served.client(job, invocation), invocation, clock));
        }
        agent.start(job(attempt, invocation));
        started.started(false, passage.last().max("temperature"));
        return finish(attempt, new PowerCut(lane, cell, planned.role()).during(() -> watch(attempt)));
    }

    private AgentStatus serve(int attempt, EngineClient client, Invocation invocation, ClockOffset clock) {
        AgentStatus status = new ServedWatch(
                        driver,
                        agent,
                        protocol,
                        stop,
                        elapsed -> listener.happened(new RunProgress.TrialRunning(stored.id(), elapsed)))
                .watch(folders.deviceId(attempt), client, invocation.ports(), folders.attempt(attempt), clock);
        endOrphan(attempt, status);
        return status;
    }

    private EngineJob engineJob(int attempt) {
        return new EngineJob(
                cell.model(),
                bundle,
                cell.settings(),
                cell.script(),
                planned.role() == TrialRole.PROFILE,
                finishedBefore(attempt));
    }

    private AgentJob job(int attempt, Invocation invocation) {
        return new AgentJob(
                folders.deviceId(attempt),
                invocation.command(),
                invocation.environment(),
                invocation.inputs(),
                planned.role() == TrialRole.MEASURED ? lane.telemetry().undisturbed() : lane.telemetry(),
                protocol.samplingPeriod(),
                protocol.idle(),
                protocol.deadline());
    }

    private SortedMap<Integer, List<Integer>> finishedBefore(int attempt) {
        List<EventLog> logs = new ArrayList<>();
        for (Path folder : folders.existing(attempt - 1)) {
            read(folder).ifPresent(logs::add);
        }
        return logs.isEmpty() ? new TreeMap<>() : FinishedTurns.of(AttemptMerge.of(logs), cell.script());
    }

    /** Empty for an attempt that was killed before its engine wrote a line. */
    private Optional<EventLog> read(Path folder) {
        try {
            return Optional.of(adapter.read(EngineOutput.of(folder)));
        } catch (UnknownOutputException | OversizeOutputException e) {
            return Optional.empty();
        }
    }

    private AgentStatus watch(int attempt) {
        String id = folders.deviceId(attempt);
        long start = System.nanoTime();
        Duration wait = SHORTEST_WAIT;
        while (true) {
            AgentStatus status = agent.await(id, wait);
            if (status.ended()) {
                endOrphan(attempt, status);
                return status;
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            boolean overdue = elapsed.compareTo(protocol.deadline()
                            .plus(protocol.idle().multipliedBy(2))
                            .plus(GRACE))
                    > 0;
            if (stop.await(STOP_MAY_FOLLOW) || overdue) {
                agent.stop(id);
                return agent.status(id);
            }
            listener.happened(new RunProgress.TrialRunning(stored.id(), elapsed));
            wait = wait.plus(SHORTEST_WAIT).compareTo(LONGEST_WAIT) < 0 ? wait.plus(SHORTEST_WAIT) : LONGEST_WAIT;
        }
    }

    /** An engine may have outlived its agent; beside it no other trial would measure anything. */
    private void endOrphan(int attempt, AgentStatus status) {
        if (status.state() == AgentStatus.State.LOST) {
            agent.stop(folders.deviceId(attempt));
        }
    }

    /** When the engine of the last attempt ran, on the device's boot clock; empty when it did not, or the end is unknown. */
    Optional<EngineSpan> engineSpan() {
        return span;
    }

    private void noteSpan(AgentStatus status) {
        if (status.startNanos().isPresent() && status.endNanos().isPresent()) {
            span = Optional.of(new EngineSpan(
                    status.startNanos().getAsLong() + protocol.idle().toNanos(),
                    status.endNanos().getAsLong()));
        }
    }

    /** From the engine's start to its end. */
    record EngineSpan(long startNanos, long endNanos) {}

    private TrialResult finish(int attempt, AgentStatus status) {
        noteSpan(status);
        ClockOffset clock = agent.clockOffset();
        agent.collect(folders.deviceId(attempt), folders.attempt(attempt));
        Optional<Verdict> overruling = stop.isRaised() && status.state() == AgentStatus.State.STOPPED
                ? Optional.of(new Verdict(Outcome.INTERRUPTED, "stopped by a person"))
                : restart(status);
        return assemble(attempt, Optional.of(clock), overruling);
    }

    private TrialResult assemble(int attempt, Optional<ClockOffset> clock, Optional<Verdict> overruling) {
        List<Warning> standing = new ArrayList<>(warnings);
        standing.addAll(lane.settingWarnings());
        return new TrialAssembly(folders.home(), adapter)
                .assemble(
                        stored.id(),
                        cell,
                        new TrialContext(lane.device(), protocol, standing),
                        folders.existing(attempt),
                        clock,
                        overruling);
    }

    /** Frees the device of what the trial left there; called once its result is stored. */
    void discard() {
        for (int attempt = 1; attempt <= stored.attempt() + 1; attempt++) {
            agent.discard(folders.deviceId(attempt));
        }
    }
}
