package dev.melt.engines.mlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of MELT's apps, traces and benchmark results. */
class MlcFormsTest {
    private static final String APP = Saved.fixture("mlc-llm/app.json");
    private static final String EVENTS = Saved.fixture("mlc-llm/app-events.csv");
    private static final String TRACE = Saved.fixture("mlc-llm/trace.json");
    private static final String TABLE = Saved.fixture("mlc-llm/bench.csv");
    private static final String DUMP = Saved.fixture("mlc-llm/bench-dump.json");

    @TempDir
    private Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return new MlcAdapter().read(Saved.file(folder, text));
    }

    @Test
    void laysAnAppsTurnsOnTheWallClock() throws UnknownOutputException {
        EventLog log = read(APP);
        Event.Prefill prefill = Saved.events(log, Event.Prefill.class).get(0);
        Event.Decode decode = Saved.events(log, Event.Decode.class).get(0);
        Event.Turn turn = log.turns().get(0);
        assertThat(log.stamps()).isEqualTo(Stamps.WALL_CLOCK);
        assertThat(turn.startNanos()).isEqualTo(1_700_000_010_000_000_000L);
        assertThat(Saved.seconds(turn)).isEqualTo(3.5);
        assertThat(turn.generated()).isEqualTo(41);
        assertThat(prefill.tokens()).isEqualTo(50);
        assertThat(Saved.seconds(prefill)).isEqualTo(0.5);
        assertThat(decode.steps()).isEqualTo(40);
        assertThat(Saved.seconds(decode)).isEqualTo(2.0);
        assertThat(log.facts()).containsEntry("model.name", "tiny-q4f16_1");
    }

    @Test
    void countsTheLoadOnceThoughEveryConversationRepeatsIt() throws UnknownOutputException {
        assertThat(Saved.events(read(APP), Event.Load.class))
                .extracting(Saved::seconds)
                .containsExactly(2.25);
    }

    @Test
    void statesTheTimeOfATurnWithoutStatistics() throws UnknownOutputException {
        EventLog log = read(APP);
        assertThat(log.figures()).containsExactly(StatedFigure.ofTurn("turn_time", 1, 1.5));
        assertThat(log.turns().get(1)).satisfies(turn -> {
            assertThat(turn.conversation()).isEqualTo(1);
            assertThat(turn.generated()).isEqualTo(3);
            assertThat(turn.depth()).isEqualTo(12);
        });
    }

    @Test
    void refusesAnAppsRecordsThatBreakOff() {
        assertThatThrownBy(() -> read(APP.substring(0, APP.lastIndexOf("questionRecords") + 40)))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageStartingWith("MELT app measurements: whole JSON expected");
        assertThatThrownBy(() -> read(APP.replace("\"duration\": 3.5", "\"duration\": 0")))
                .isInstanceOf(UnknownOutputException.class);
        assertThatThrownBy(() ->
                        read("[{\"modelLoadTime\": {\"start\": 1.0, \"duration\": 2.0}, \"questionRecords\": []}]"))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("a record of a question expected");
    }

    @Test
    void sortsEventsIntoTurnsByTime() throws UnknownOutputException {
        EventLog log = read(EVENTS);
        assertThat(Saved.events(log, Event.Token.class))
                .extracting(
                        Event.Token::turn, Event.Token::index, token -> token.endNanos() % 10_000_000_000L / 1_000_000)
                .containsExactly(
                        tuple(0, 0, 1100L),
                        tuple(0, 1, 1115L),
                        tuple(0, 2, 1130L),
                        tuple(1, 0, 2200L),
                        tuple(1, 1, 2220L));
        assertThat(Saved.events(log, Event.Load.class))
                .extracting(Saved::seconds)
                .containsExactly(0.5);
        assertThat(log.stamps()).isEqualTo(Stamps.WALL_CLOCK);
    }

    @Test
    void countsLinesThatAreNoEvents() throws UnknownOutputException {
        assertThat(read(EVENTS + "prefill.2.st\n").damagedLines()).isEqualTo(1);
    }

    @Test
    void refusesTheEventsOfTheCommandLineProgram() {
        assertThatThrownBy(() -> read("""
                        load_model.start 1700000000000000000
                        chat.0.0.prefill.start 1700000001000000000
                        chat.0.0.decode.0.end 1700000001000000009
                        """))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("keeps the last alone");
    }

    @Test
    void refusesEventsWithoutAWholePrefill() {
        assertThatThrownBy(() -> read("prefill.0.start,1700000001000000000\n"))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("start and end of a prefill expected");
    }

    @Test
    void readsATraceWithTheEndOfEachSamplingAsAToken() throws UnknownOutputException {
        EventLog log = read(TRACE);
        assertThat(Saved.events(log, Event.Token.class))
                .extracting(Event.Token::endNanos)
                .containsExactly(1_700_000_000_102_000_000L, 1_700_000_000_122_000_000L);
        assertThat(Saved.events(log, Event.Token.class).get(1).logitsNanos()).hasValue(1_700_000_000_121_000_000L);
        assertThat(log.turns().get(0).startNanos()).isEqualTo(1_700_000_000_000_000_000L);
    }

    @Test
    void refusesATraceOfARequestThatIsNotFinished() {
        String cut = TRACE.replaceFirst(",\\s*\\{\"name\":\"sampling \\(1\\)\",\"ph\":\"E\"[^}]*\\}", "");
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("request r1 has others");
        assertThatThrownBy(() -> read(TRACE.substring(0, 200))).isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void statesWhatABenchmarksTableSaysInMeltsTerms() throws UnknownOutputException {
        assertThat(read(TABLE).figures())
                .containsExactlyInAnyOrder(
                        StatedFigure.ofTrial("ttft", 0.25),
                        StatedFigure.ofTrial("turn_time", 2.5),
                        StatedFigure.ofTrial("prompt_tokens", 1000),
                        StatedFigure.ofTrial("generated_tokens", 500));
    }

    @Test
    void refusesATableOfSeveralSettingsOrNone() {
        String row = TABLE.lines().skip(1).findFirst().orElseThrow();
        assertThatThrownBy(() -> read(TABLE + row + "\n"))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("one row expected, 2 found");
        assertThatThrownBy(() -> read(TABLE.lines().findFirst().orElseThrow() + "\n"))
                .isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void readsEachRequestOfABenchmarksDump() throws UnknownOutputException {
        EventLog log = read(DUMP);
        assertThat(Saved.seconds(Saved.events(log, Event.Prefill.class).get(0))).isEqualTo(0.45);
        assertThat(Saved.events(log, Event.Token.class).get(0).endNanos()).isEqualTo(500_000_000);
        assertThat(Saved.events(log, Event.Decode.class).get(0).steps()).isEqualTo(40);
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.turn()).hasValue(1));
    }
}
