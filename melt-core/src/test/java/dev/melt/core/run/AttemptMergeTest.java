package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Score;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptMergeTest {
    private static final EventLog BROKEN_IN_TURN_1 = log(
            Optional.empty(),
            new Event.Turn(0, 0, 10, 20, 1, 0),
            new Event.Token(0, 0, 20, OptionalInt.of(7)),
            new Event.Token(1, 0, 30, OptionalInt.of(8)));
    private static final EventLog REST =
            log(Optional.of(true), new Event.Turn(1, 0, 50, 60, 1, 0), new Event.Token(1, 0, 60, OptionalInt.of(9)));

    @Test
    void ofABrokenAttemptOnlyFinishedTurnsCount() {
        EventLog whole = AttemptMerge.of(List.of(BROKEN_IN_TURN_1, REST));

        assertThat(whole.turns()).extracting(Event.Turn::turn).containsExactly(0, 1);
        assertThat(whole.events()).doesNotContain(new Event.Token(1, 0, 30, OptionalInt.of(8)));
        assertThat(whole.endedWell()).contains(true);
    }

    @Test
    void whatStoppedAnEarlierAttemptIsNoFaultOfTheWhole() {
        EventLogBuilder broken = new EventLogBuilder();
        BROKEN_IN_TURN_1.events().forEach(broken::add);
        broken.add(new EngineError("interrupted", "stopped by a signal", OptionalInt.empty()));
        broken.ended(false);
        EventLog stopped = broken.build();

        assertThat(AttemptMerge.of(List.of(stopped, REST)).errors()).isEmpty();
        assertThat(AttemptMerge.of(List.of(REST, stopped)).errors()).hasSize(1);
    }

    @Test
    void anAttemptThatBeganAnewReplacesWhatWasBefore() {
        EventLog anew = log(Optional.of(true), new Event.Turn(0, 0, 50, 60, 1, 0), new Event.Turn(1, 0, 60, 70, 1, 0));

        assertThat(AttemptMerge.of(List.of(BROKEN_IN_TURN_1, anew)).events()).isEqualTo(anew.events());
    }

    @Test
    void finishedTurnsCarryTheirTokensToTheNextAttempt() {
        Script script = Script.once(
                List.of(new Conversation(0, true, List.of(new Request.Text("a", 1), new Request.Text("b", 1)))));

        assertThat(FinishedTurns.of(BROKEN_IN_TURN_1, script)).isEqualTo(Map.of(0, List.of(7)));
    }

    @Test
    void aSustainedRunStartsAnew() {
        Script script = new Script(
                List.of(new Conversation(0, true, List.of(new Request.Text("a", 1)))),
                Optional.of(Duration.ofMinutes(1)),
                OptionalInt.empty());

        assertThat(FinishedTurns.of(BROKEN_IN_TURN_1, script)).isEmpty();
    }

    private static EventLog log(Optional<Boolean> endedWell, Event... events) {
        EventLogBuilder log = new EventLogBuilder();
        List.of(events).forEach(log::add);
        endedWell.ifPresent(log::ended);
        return log.build();
    }

    @Test
    void anItemIsFinishedWithItsLastQuestionAndScoredAgainCountsOnce() {
        Item pair = new Item("", List.of("c"), List.of("a", "b"), new Grading.Best(0, List.of()));
        Script script = Script.of(new Examination.Choices("t", 0, List.of(pair, pair, pair)));
        EventLogBuilder first = new EventLogBuilder();
        IntStream.range(0, 3).forEach(id -> first.add(new Score(id, 1, 1, -1, false)));
        EventLogBuilder second = new EventLogBuilder();
        IntStream.range(2, 6).forEach(id -> second.add(new Score(id, 1, 1, -2, false)));

        EventLog merged = AttemptMerge.of(List.of(first.build(), second.build()));

        assertThat(FinishedTurns.of(first.build(), script).keySet()).containsExactly(0);
        assertThat(merged.scores()).extracting(Score::id).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(merged.scores().get(2).logLikelihood()).isEqualTo(-2);
    }
}
