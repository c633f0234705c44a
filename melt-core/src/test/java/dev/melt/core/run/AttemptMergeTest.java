package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
}
