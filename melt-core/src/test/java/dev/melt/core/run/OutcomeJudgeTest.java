package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.StatusText;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Score;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.Metrics;
import dev.melt.core.metric.RequiredFigures;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeJudgeTest {
    private static final List<MetricValue> RATES =
            List.of(Metrics.find("decode_rate").orElseThrow().ofTrial(12.5, "events"));
    private static final OutcomeJudge TWO_TURNS = new OutcomeJudge(
            OptionalInt.of(2), Settings.parse(List.of("threads=4", "temperature=0.7")), RequiredFigures.OF_ANSWERS);

    @Test
    void isOkWhenEverythingThatWasAskedForIsThere() {
        assertThat(judge(finished(0), log(2, true, Map.of("threads", "4", "temperature", "0.699999988"))))
                .isEqualTo(Verdict.OK);
    }

    @Test
    void anExitCodeOfZeroIsNotSuccessWithoutAGoodEnd() {
        assertThat(judge(finished(0), log(2, false, Map.of())).outcome()).isEqualTo(Outcome.UNPARSEABLE);
    }

    @Test
    void aStopCountsAsAGoodEndOnlyWhenEveryTurnWasDone() {
        AgentStatus stopped = StatusText.parse("state=STOPPED\nexit=143\n");

        assertThat(judge(stopped, log(2, true, Map.of()))).isEqualTo(Verdict.OK);
        assertThat(judge(stopped, log(1, true, Map.of())).outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(judge(stopped, log(2, false, Map.of())).outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void aMissingTurnIsNamed() {
        Verdict verdict = judge(finished(0), log(1, true, Map.of()));

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNPARSEABLE);
        assertThat(verdict.cause()).isEqualTo("1 turns finished of 2 asked for");
    }

    @Test
    void aTurnThatTheEngineCouldNotDoIsNotMissing() {
        EventLog log = with(log(1, true, Map.of()), new EngineError("prompt_too_long", "9 of 8", OptionalInt.of(1)));

        assertThat(judge(finished(0), log).outcome()).isEqualTo(Outcome.OK);
    }

    private static Verdict judgeExam(EventLogBuilder log) {
        Item item = new Item("", List.of("c"), List.of("a", "b"), new Grading.Best(0, List.of()));
        Examination exam = new Examination.Choices("t", 0, List.of(item));
        log.ended(true);
        return new OutcomeJudge(OptionalInt.of(0), Optional.of(exam), Settings.NONE, RequiredFigures.OF_ANSWERS)
                .judge(finished(0), List.of(), log.build(), List.of());
    }

    private static EngineError tooLong(int score) {
        return new EngineError("prompt_too_long", "9 of 8", OptionalInt.empty(), OptionalInt.of(score));
    }

    @Test
    void anExaminationNeedsEveryAnswerAndNoTurn() {
        EventLogBuilder one = new EventLogBuilder();
        one.add(new Score(0, 1, 1, -1, false));
        EventLogBuilder both = new EventLogBuilder();
        both.add(new Score(0, 1, 1, -1, false));
        both.add(new Score(1, 1, 1, -1, false));

        assertThat(judgeExam(one).cause()).isEqualTo("1 questions answered of 2 asked");
        assertThat(judgeExam(both)).isEqualTo(Verdict.OK);
        assertThat(judgeExam(new EventLogBuilder()).outcome()).isEqualTo(Outcome.UNPARSEABLE);
    }

    @Test
    void aQuestionThatDoesNotFitFailsTheTrialOnlyWhenNoneDoes() {
        EventLogBuilder some = new EventLogBuilder();
        some.add(new Score(0, 1, 1, -1, false));
        some.add(tooLong(1));
        EventLogBuilder none = new EventLogBuilder();
        none.add(tooLong(0));
        none.add(tooLong(1));

        assertThat(judgeExam(some)).isEqualTo(Verdict.OK);
        assertThat(judgeExam(none))
                .isEqualTo(new Verdict(Outcome.REFUSED, "no question could be answered; the first: 9 of 8"));
    }

    @Test
    void aSettingThatDidNotTakeEffectIsNotApplied() {
        Verdict verdict = judge(finished(0), log(2, true, Map.of("threads", "2")));

        assertThat(verdict).isEqualTo(new Verdict(Outcome.NOT_APPLIED, "threads: 4 asked for, 2 took effect"));
    }

    @Test
    void signalNineThatNobodySentIsWantOfMemory() {
        assertThat(judge(finished(137), log(0, false, Map.of())).outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(judge(finished(139), log(0, false, Map.of())))
                .isEqualTo(new Verdict(Outcome.CRASHED, "ended by signal 11"));
    }

    @Test
    void anAbortForWantOfMemoryIsNotACrash() {
        Verdict verdict = TWO_TURNS.judge(
                finished(134), List.of("ggml_aligned_malloc: insufficient memory"), log(0, false, Map.of()), RATES);

        assertThat(verdict.outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
    }

    @Test
    void theEnginesOwnWordGoesBeforeItsExitCode() {
        EventLog log =
                with(log(0, false, Map.of()), new EngineError("model_corrupt", "bad magic", OptionalInt.empty()));

        assertThat(judge(finished(3), log)).isEqualTo(new Verdict(Outcome.REFUSED, "model_corrupt: bad magic"));
    }

    @Test
    void theAgentsWordGoesBeforeAll() {
        assertThat(judge(StatusText.parse("state=DEADLINE\nexit=143\n"), log(2, true, Map.of()))
                        .outcome())
                .isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void anEngineMayMakeSeveralTurnsOfOneThatWasAskedFor() {
        assertThat(judge(finished(0), log(3, true, Map.of()))).isEqualTo(Verdict.OK);
    }

    @Test
    void turnsWithoutAFigureAboveZeroAreNoResult() {
        Verdict verdict = TWO_TURNS.judge(
                finished(0),
                List.of(),
                log(2, true, Map.of()),
                List.of(Metrics.find("decode_rate").orElseThrow().ofTrial(0, "events")));

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNPARSEABLE);
        assertThat(verdict.cause()).contains("none has a time or a rate above 0");
    }

    @Test
    void exitCodeZeroWithoutATurnIsUnparseable() {
        assertThat(judge(finished(0), log(0, true, Map.of())))
                .isEqualTo(new Verdict(Outcome.UNPARSEABLE, "no turn was finished, although the exit code is 0"));
    }

    @ParameterizedTest
    @CsvSource({
        "out_of_memory, OUT_OF_MEMORY",
        "backend_init, REFUSED",
        "backend_runtime, CRASHED",
        "input_missing, REFUSED",
        "model_missing, REFUSED",
        "crashed, CRASHED",
        "something_new, CRASHED"
    })
    void aNamedFailureHasItsOutcome(String kind, Outcome outcome) {
        EventLog log = with(log(2, false, Map.of()), new EngineError(kind, "as printed", OptionalInt.empty()));

        assertThat(judge(finished(0), log)).isEqualTo(new Verdict(outcome, kind + ": as printed"));
    }

    @Test
    void wordsDifferInMoreThanTheirCase() {
        OutcomeJudge judge = new OutcomeJudge(
                OptionalInt.of(1), Settings.parse(List.of("cache_type_k=f16")), RequiredFigures.OF_ANSWERS);

        assertThat(judge.judge(finished(0), List.of(), log(1, true, Map.of("cache_type_k", "F16")), RATES))
                .isEqualTo(Verdict.OK);
        assertThat(judge.judge(finished(0), List.of(), log(1, true, Map.of("cache_type_k", "q8_0")), RATES)
                        .outcome())
                .isEqualTo(Outcome.NOT_APPLIED);
    }

    private static Verdict judge(AgentStatus status, EventLog log) {
        return TWO_TURNS.judge(status, List.of(), log, RATES);
    }

    private static AgentStatus finished(int exitCode) {
        return StatusText.parse("state=FINISHED\nexit=" + exitCode + "\n");
    }

    private static EventLog log(int turns, boolean endedWell, Map<String, String> effective) {
        List<Event> events = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            events.add(new Event.Turn(turn, 0, 10L * turn, 10L * turn + 5, 1, 0));
        }
        EventLogBuilder log = new EventLogBuilder();
        effective.forEach(log::effective);
        events.forEach(log::add);
        log.ended(endedWell);
        return log.build();
    }

    private static EventLog with(EventLog log, EngineError error) {
        EventLogBuilder more = log.toBuilder();
        more.add(error);
        return more.build();
    }
}
