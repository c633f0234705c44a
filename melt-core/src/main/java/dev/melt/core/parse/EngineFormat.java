package dev.melt.core.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.metric.MetricComputation;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.RequiredFigures;
import dev.melt.core.metric.TrialEvidence;
import dev.melt.core.outcome.FailureKind;
import dev.melt.core.outcome.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The output of an engine: one file, or the folder that a trial left. */
public record EngineFormat(EngineAdapter adapter) implements SavedFormat {
    private static final String VERSION = "engine.version";

    public EngineFormat {
        requireNonNull(adapter, "adapter");
    }

    @Override
    public String kind() {
        return adapter.name();
    }

    @Override
    public String describe() {
        return adapter.describe();
    }

    @Override
    public ParsedRun read(Path file) throws UnknownOutputException {
        EventLog log = adapter.read(Files.isDirectory(file) ? EngineOutput.of(file) : EngineOutput.ofFile(file));
        Optional<EngineError> failure = failure(log);
        List<MetricValue> metrics = MetricComputation.compute(TrialEvidence.ofLog(log));
        boolean measured = hasMeasured(log, metrics);
        if (!measured && failure.isEmpty()) {
            throw new UnknownOutputException(
                    kind() + version(log).map(v -> " " + v).orElse("") + ": a figure above 0 expected, " + found(log)
                            + " found");
        }
        if (failure.isEmpty() && !log.endedWell().orElse(false)) {
            throw new UnknownOutputException(
                    kind() + version(log).map(v -> " " + v).orElse("")
                            + ": output up to its good end expected, it breaks off after " + found(log));
        }
        return new ParsedRun(
                kind(),
                version(log),
                failure.map(f -> outcome(f, log)).orElse(Outcome.OK),
                failure,
                measured ? metrics : List.of(),
                measured ? log.events() : List.of(),
                log.effective(),
                log.damagedLines());
    }

    private static Optional<String> version(EventLog log) {
        return Optional.ofNullable(log.facts().get(VERSION)).filter(text -> !text.isBlank());
    }

    /** What ended the whole goes before what cost a turn. */
    private static Optional<EngineError> failure(EventLog log) {
        return log.errors().stream()
                .filter(error -> error.turn().isEmpty())
                .findFirst()
                .or(() -> log.errors().stream().findFirst());
    }

    /** A turn that could not be done is no fault of the others. */
    private static Outcome outcome(EngineError failure, EventLog log) {
        return failure.turn().isPresent()
                        && !log.turns().isEmpty()
                        && log.endedWell().orElse(false)
                ? Outcome.OK
                : FailureKind.outcomeOf(failure.kind());
    }

    private static boolean hasMeasured(EventLog log, List<MetricValue> metrics) {
        return RequiredFigures.OF_ANSWERS.areIn(metrics)
                || !log.figures().isEmpty()
                || !log.scores().isEmpty()
                || log.events().stream().anyMatch(Event.Op.class::isInstance);
    }

    private static String found(EventLog log) {
        int turns = log.turns().size();
        return turns == 0 ? "no turn" : turns == 1 ? "1 turn" : turns + " turns";
    }
}
