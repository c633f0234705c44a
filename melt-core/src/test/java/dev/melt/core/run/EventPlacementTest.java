package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.StatusText;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import dev.melt.core.metric.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventPlacementTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String FROM_10_TO_20 = "state=FINISHED\nstart_ns=10000000000\nend_ns=20000000000\n";
    private static final Duration IDLE = Duration.ofSeconds(2);

    @Test
    void leavesWhatTheBootClockStamped() {
        EventLog log = log(Stamps.BOOT_CLOCK, 12 * SECOND);

        assertThat(place(FROM_10_TO_20, log)).isEqualTo(new EventPlacement.Placed(log, 0));
    }

    @Test
    void countsFromTheStartOfTheEngineAndNotOfTheWaitBeforeIt() {
        EventPlacement.Placed placed = place(FROM_10_TO_20, log(Stamps.PROCESS_START, SECOND));

        assertThat(turn(placed, 0).startNanos()).isEqualTo(13 * SECOND);
        assertThat(placed.boundNanos()).isEqualTo(EventPlacement.LAUNCH_NANOS);
    }

    @Test
    void relatesTheWallClockByTheMomentThatTheAgentTookBoth() {
        String status = FROM_10_TO_20 + "wall_ns=1700000000000000000\nwall_boot_ns=10000000000\nwall_bound_ns=11000\n";

        EventPlacement.Placed placed = place(status, log(Stamps.WALL_CLOCK, 1_700_000_003_000_000_000L));

        assertThat(turn(placed, 0).startNanos()).isEqualTo(13 * SECOND);
        assertThat(placed.boundNanos()).isEqualTo(11_000);
    }

    @Test
    void believesNoWallClockThatWasSetInTheTrial() {
        String status = FROM_10_TO_20 + "wall_ns=1700000000000000000\nwall_boot_ns=10000000000\nclock_steps=1\n";

        EventPlacement.Placed placed = place(status, log(Stamps.WALL_CLOCK, 1_700_000_003_000_000_000L));

        assertThat(turn(placed, 0).endNanos()).isEqualTo(20 * SECOND);
        assertThat(placed.boundNanos()).isEqualTo(7 * SECOND);
    }

    @Test
    void endsDurationsWithTheProcessAndSaysHowMuchOfItTheyLeaveOpen() {
        EventPlacement.Placed placed = place(FROM_10_TO_20, log(Stamps.DURATIONS, 0));

        assertThat(turn(placed, 0).startNanos()).isEqualTo(19 * SECOND);
        assertThat(turn(placed, 0).endNanos()).isEqualTo(20 * SECOND);
        assertThat(placed.boundNanos()).isEqualTo(7 * SECOND);
    }

    @Test
    void leavesEventsWhereNoSampleIsWhenNobodyKnowsTheEnd() {
        EventLog log = log(Stamps.DURATIONS, 0);

        assertThat(place("state=LOST\nstart_ns=10000000000\n", log).log()).isEqualTo(log);
    }

    @Test
    void endsEachTurnWithItsOwnProcess() {
        EventLogBuilder log = new EventLogBuilder();
        log.stamps(Stamps.DURATIONS);
        for (int turn = 0; turn < 2; turn++) {
            long start = 2L * turn * SECOND;
            log.add(new Event.Load(start, start + SECOND, PageCache.UNKNOWN));
            log.add(new Event.Turn(turn, 0, start + SECOND, start + 2 * SECOND, 1, 0));
        }
        Map<Integer, TurnSpanFile.Span> spans =
                Map.of(0, span(12 * SECOND, 14 * SECOND + SECOND / 2), 1, span(16 * SECOND, 18 * SECOND));

        EventPlacement.Placed placed =
                new EventPlacement(StatusText.parse(FROM_10_TO_20), IDLE, spans).place(log.build());

        assertThat(turn(placed, 0).endNanos()).isEqualTo(14 * SECOND + SECOND / 2);
        assertThat(turn(placed, 1).endNanos()).isEqualTo(18 * SECOND);
        assertThat(placed.log().events().stream().filter(Event.Load.class::isInstance))
                .extracting(Event::startNanos)
                .containsExactly(12 * SECOND + SECOND / 2, 16 * SECOND);
        assertThat(placed.boundNanos()).isEqualTo(SECOND / 2 + 10_000_000);
    }

    @Test
    void readsTheSpansThatAScriptWroteAndLeavesOutDamagedOnes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("span.0"), "5000000000 7250000000\n");
        Files.writeString(folder.resolve("span.1"), "8000000000\n");
        Files.writeString(folder.resolve("span.2"), "9000000000 8000000000\n");

        Map<Integer, TurnSpanFile.Span> spans = TurnSpanFile.all(EngineOutput.of(folder));

        assertThat(spans)
                .containsOnly(Map.entry(0, new TurnSpanFile.Span(new Window(5 * SECOND, 7_250_000_000L), 10_000_000)));
    }

    private static TurnSpanFile.Span span(long start, long end) {
        return new TurnSpanFile.Span(new Window(start, end), 10_000_000);
    }

    private static EventPlacement.Placed place(String status, EventLog log) {
        return new EventPlacement(StatusText.parse(status), IDLE, Map.of()).place(log);
    }

    private static EventLog log(Stamps stamps, long start) {
        EventLogBuilder log = new EventLogBuilder();
        log.stamps(stamps);
        log.add(new Event.Turn(0, 0, start, start + SECOND, 4, 0));
        return log.build();
    }

    private static Event.Turn turn(EventPlacement.Placed placed, int number) {
        return placed.log().turns().stream()
                .filter(turn -> turn.turn() == number)
                .findFirst()
                .orElseThrow();
    }
}
