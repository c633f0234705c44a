package dev.melt.core.run;

import dev.melt.core.accuracy.ExamMarks;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.OversizeOutputException;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.home.Home;
import dev.melt.core.metric.EventTiming;
import dev.melt.core.metric.MetricComputation;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.RequiredFigures;
import dev.melt.core.metric.TrialEvidence;
import dev.melt.core.metric.ValidityChecks;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.UnreadableSamplesException;
import dev.melt.core.trial.Artifact;
import dev.melt.core.trial.TrialResult;
import dev.melt.core.workload.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a trial's result out of the raw files that it left, and of nothing else that could be gone later: a run and
 * {@code melt reparse} go the same way.
 */
final class TrialAssembly {
    private final Home home;
    private final EngineAdapter adapter;

    TrialAssembly(Home home, EngineAdapter adapter) {
        this.home = home;
        this.adapter = adapter;
    }

    /**
     * Reads a trial's attempts.
     *
     * @param folders of the attempts, oldest first; the last one says how the trial ended
     */
    TrialResult assemble(
            String trialId,
            Cell cell,
            TrialContext context,
            List<Path> folders,
            Optional<ClockOffset> clock,
            Optional<Verdict> overruling) {
        List<Artifact> artifacts = ArtifactScan.of(home, folders);
        RawTrial raw;
        try {
            raw = RawTrial.read(folders);
        } catch (UnreadableSamplesException e) {
            Verdict verdict = new Verdict(Outcome.UNPARSEABLE, String.valueOf(e.getMessage()));
            return unread(trialId, overruling.orElse(verdict), List.of(), artifacts, clock);
        }
        try {
            Spoken spoken = listen(folders, context.protocol().idle());
            TrialEvidence evidence =
                    new TrialEvidenceReader(cell, context, raw, spoken.log(), spoken.timing()).evidence();
            List<MetricValue> metrics = new ArrayList<>(MetricComputation.compute(evidence));
            Optional<ExamMarks> marks = cell.script().examination().map(exam -> new ExamMarks(exam, spoken.log()));
            marks.ifPresent(found -> metrics.addAll(found.figures()));
            Verdict verdict = overruling
                    .or(() -> raw.deaths().verdict(raw.status()))
                    .orElseGet(() -> new OutcomeJudge(
                                    cell.script().totalTurns(),
                                    cell.script().examination(),
                                    cell.settings(),
                                    required(cell.script()))
                            .judge(raw.status(), raw.lastWords(), spoken.log(), metrics));
            // what speaks against a speed says nothing of an answer
            List<Warning> warnings = new ArrayList<>(
                    marks.map(ExamMarks::warnings).orElseGet(() -> ValidityChecks.check(evidence, metrics)));
            warnings.addAll(context.warnings());
            return result(trialId, raw, spoken.log(), metrics, warnings, verdict, artifacts, clock);
        } catch (UnknownOutputException | OversizeOutputException e) {
            Verdict verdict = overruling
                    .or(() -> raw.deaths().verdict(raw.status()))
                    .or(() -> OutcomeJudge.byAgent(raw.status()))
                    .or(() -> OutcomeJudge.byExitCode(raw.status(), raw.lastWords()))
                    .orElse(new Verdict(Outcome.UNPARSEABLE, String.valueOf(e.getMessage())));
            return unread(trialId, verdict, raw.series(), artifacts, clock);
        }
    }

    private static RequiredFigures required(Script script) {
        return script.conversations().stream()
                        .flatMap(conversation -> conversation.turns().stream())
                        .allMatch(request -> request.generate() == 0)
                ? RequiredFigures.OF_PROMPTS
                : RequiredFigures.OF_ANSWERS;
    }

    /** What the engine's processes said, as one log on the boot clock. */
    private record Spoken(EventLog log, EventTiming timing) {}

    private Spoken listen(List<Path> folders, Duration idle) throws UnknownOutputException {
        List<EventLog> logs = new ArrayList<>();
        Stamps stamps = Stamps.BOOT_CLOCK;
        long bound = 0;
        for (Path folder : folders) {
            EngineOutput output = EngineOutput.of(folder);
            EventLog own = adapter.read(output);
            EventPlacement.Placed placed =
                    new EventPlacement(RawTrial.status(folder), idle, TurnSpanFile.all(output)).place(own);
            logs.add(placed.log());
            stamps = own.stamps();
            bound = Math.max(bound, placed.boundNanos());
        }
        return new Spoken(AttemptMerge.of(logs), new EventTiming(stamps, bound));
    }

    private static TrialResult result(
            String trialId,
            RawTrial raw,
            EventLog log,
            List<MetricValue> metrics,
            List<Warning> warnings,
            Verdict verdict,
            List<Artifact> artifacts,
            Optional<ClockOffset> clock) {
        return new TrialResult(
                trialId,
                verdict.outcome(),
                verdict.cause(),
                log.effective(),
                log.facts(),
                log.events(),
                raw.series(),
                metrics,
                warnings,
                artifacts,
                clock);
    }

    private static TrialResult unread(
            String trialId,
            Verdict verdict,
            List<Series> series,
            List<Artifact> artifacts,
            Optional<ClockOffset> clock) {
        return new TrialResult(
                trialId,
                verdict.outcome(),
                verdict.cause(),
                Map.of(),
                Map.of(),
                List.of(),
                series,
                List.of(),
                List.of(),
                artifacts,
                clock);
    }

    /** The result of a trial that never started. */
    static TrialResult notStarted(String trialId, Verdict verdict) {
        return unread(trialId, verdict, List.of(), List.of(), Optional.empty());
    }

    /** How the trial's agent ended, for those who only want to know that. */
    static AgentStatus status(List<Path> folders) {
        return RawTrial.status(folders.get(folders.size() - 1));
    }
}
