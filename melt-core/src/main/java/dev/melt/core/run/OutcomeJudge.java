package dev.melt.core.run;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.RequiredFigures;
import dev.melt.core.outcome.FailureKind;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.workload.Examination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Decides what came of a trial from what it left behind. Exit code 0 is not success: the log must have come to its end
 * with every turn, or every question, that was asked for.
 */
final class OutcomeJudge {
    private static final int SIGNALLED = 128;
    private static final int KILLED = SIGNALLED + 9;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,20})?");
    private static final Pattern SHORTAGE = Pattern.compile(
            "failed to allocate|unable to allocate|insufficient memory|out of memory|bad_alloc",
            Pattern.CASE_INSENSITIVE);

    private final OptionalInt expectedTurns;
    private final Optional<Examination> examination;
    private final Settings asked;
    private final RequiredFigures required;

    /**
     * For one trial.
     *
     * @param expectedTurns that the script asks for; an engine may make several of one, as a benchmark that measures prompt
     *     and answer apart does
     * @param examination whose questions the script asks in place of turns
     * @param asked what the engine was given
     */
    OutcomeJudge(
            OptionalInt expectedTurns, Optional<Examination> examination, Settings asked, RequiredFigures required) {
        this.expectedTurns = expectedTurns;
        this.examination = examination;
        this.asked = asked;
        this.required = required;
    }

    /** For a trial of turns. */
    OutcomeJudge(OptionalInt expectedTurns, Settings asked, RequiredFigures required) {
        this(expectedTurns, Optional.empty(), asked, required);
    }

    Verdict judge(AgentStatus status, List<String> lastWords, EventLog log, List<MetricValue> figures) {
        Optional<Verdict> ended = stoppedWhenDone(status, log)
                ? Optional.empty()
                : byAgent(status).or(() -> byEngineError(log)).or(() -> byExitCode(status, lastWords));
        return ended.or(() -> byCompleteness(log))
                .or(() -> byFigures(log, figures))
                .or(() -> bySettings(log))
                .orElse(Verdict.OK);
    }

    /** A server that does not listen when it is told that its work is done is stopped, with all its turns written down. */
    private boolean stoppedWhenDone(AgentStatus status, EventLog log) {
        return status.state() == AgentStatus.State.STOPPED
                && log.endedWell().orElse(false)
                && log.errors().stream().allMatch(error -> error.turn().isPresent())
                && byCompleteness(log).isEmpty();
    }

    /** The part that needs no output of the engine. */
    static Optional<Verdict> byAgent(AgentStatus status) {
        return switch (status.state()) {
            case DEADLINE -> verdict(Outcome.TIMED_OUT, "the agent ended the engine at the trial's deadline");
            case STOPPED -> verdict(Outcome.INTERRUPTED, "the engine was stopped on request");
            case LOST -> verdict(Outcome.CRASHED, "engine and agent are gone without a trace of their end");
            case UNKNOWN -> verdict(Outcome.DEVICE_LOST, "the device does not know this trial");
            case RUNNING, FINISHED -> Optional.empty();
        };
    }

    private static Optional<Verdict> byEngineError(EventLog log) {
        return log.errors().stream()
                .filter(EngineError::ofTrial)
                .findFirst()
                .map(error -> new Verdict(FailureKind.outcomeOf(error.kind()), error.kind() + ": " + error.message()));
    }

    /** By how the process ended; {@code lastWords} are the last lines of its stderr. */
    static Optional<Verdict> byExitCode(AgentStatus status, List<String> lastWords) {
        if (status.exitCode().isEmpty() || status.exitCode().getAsInt() == 0) {
            return Optional.empty();
        }
        int code = status.exitCode().getAsInt();
        Optional<String> shortage =
                lastWords.stream().filter(l -> SHORTAGE.matcher(l).find()).findFirst();
        if (shortage.isPresent()) {
            return verdict(Outcome.OUT_OF_MEMORY, "exit code " + code + ", " + shortage.get());
        }
        if (code == KILLED) {
            return verdict(
                    Outcome.OUT_OF_MEMORY,
                    "killed by signal 9, which nobody here sent: as the system does when memory runs out; peak RSS "
                            + (status.peakRssBytes().isPresent()
                                    ? status.peakRssBytes().getAsLong() + " B"
                                    : "unknown"));
        }
        return verdict(
                Outcome.CRASHED,
                code > SIGNALLED ? "ended by signal " + (code - SIGNALLED) : "ended with exit code " + code);
    }

    private Optional<Verdict> byCompleteness(EventLog log) {
        if (!log.endedWell().orElse(false)) {
            return verdict(Outcome.UNPARSEABLE, "the event log has no good end, although the exit code is 0");
        }
        if (examination.isPresent()) {
            return ExamCompleteness.of(examination.get(), log);
        }
        List<Event.Turn> turns = log.turns();
        long failed = log.errors().stream().filter(e -> e.turn().isPresent()).count();
        if (turns.isEmpty() && log.figures().isEmpty()) {
            return log.errors().isEmpty()
                    ? verdict(Outcome.UNPARSEABLE, "no turn was finished, although the exit code is 0")
                    : verdict(
                            Outcome.REFUSED,
                            "no turn was possible; the first: "
                                    + log.errors().get(0).message());
        }
        if (!turns.isEmpty() && expectedTurns.isPresent() && turns.size() + failed < expectedTurns.getAsInt()) {
            return verdict(
                    Outcome.UNPARSEABLE,
                    turns.size() + " turns finished of " + expectedTurns.getAsInt() + " asked for");
        }
        return Optional.empty();
    }

    private Optional<Verdict> byFigures(EventLog log, List<MetricValue> figures) {
        return log.turns().isEmpty() || required.areIn(figures)
                ? Optional.empty()
                : verdict(
                        Outcome.UNPARSEABLE,
                        "turns were finished, and none has a time or a rate above 0, although the exit code is 0");
    }

    private Optional<Verdict> bySettings(EventLog log) {
        return asked.values().entrySet().stream()
                .filter(e -> differs(e.getKey(), e.getValue(), log.effective()))
                .findFirst()
                .map(e -> new Verdict(
                        Outcome.NOT_APPLIED,
                        e.getKey().key() + ": " + e.getValue() + " asked for, "
                                + log.effective().get(e.getKey().key()) + " took effect"));
    }

    private static boolean differs(Setting setting, String wanted, Map<String, String> effective) {
        String actual = effective.get(setting.key());
        if (actual == null) {
            return false;
        }
        if (setting.type() == Setting.Type.DECIMAL && NUMBER.matcher(actual).matches()) {
            // an engine keeps such options in single precision
            return Math.abs(Double.parseDouble(wanted) - Double.parseDouble(actual)) > 1e-6;
        }
        return setting.type() == Setting.Type.WORD ? !wanted.equalsIgnoreCase(actual) : !wanted.equals(actual);
    }

    private static Optional<Verdict> verdict(Outcome outcome, String cause) {
        return Optional.of(new Verdict(outcome, cause));
    }
}
