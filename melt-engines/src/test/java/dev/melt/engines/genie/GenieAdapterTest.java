package dev.melt.engines.genie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenieAdapterTest {
    private static final String PROFILE = Saved.fixture("genie/profile.json");
    private static final String KEY_FIGURES = Saved.fixture("genie/console-kpis-1.1.txt");

    @TempDir
    private Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return new GenieAdapter().read(Saved.file(folder, text));
    }

    @Test
    void readsAProfileAndCountsTheFirstTokenToThePrompt() throws UnknownOutputException {
        EventLog log = read(PROFILE);
        Event.Prefill prefill = Saved.events(log, Event.Prefill.class).get(0);
        Event.Decode decode = Saved.events(log, Event.Decode.class).get(0);
        assertThat(Saved.events(log, Event.Load.class))
                .extracting(Saved::seconds)
                .containsExactly(0.9);
        assertThat(prefill.tokens()).isEqualTo(300);
        assertThat(Saved.seconds(prefill)).isEqualTo(0.45012);
        assertThat(decode.steps()).isEqualTo(49);
        assertThat(Saved.seconds(decode)).isEqualTo(2.45);
        assertThat(log.turns().get(0).generated()).isEqualTo(50);
        assertThat(log.stamps()).isEqualTo(Stamps.DURATIONS);
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void keepsTheRatesThatGeniePrintsApart() throws UnknownOutputException {
        assertThat(read(PROFILE).perf().get(0).decode().rate().getAsDouble()).isCloseTo(20.408, within(0.001));
    }

    @Test
    void honoursTheUnitOfEachTime() throws UnknownOutputException {
        String millis = PROFILE.replace("\"value\": 2450000, \"unit\": \"us\"", "\"value\": 2450, \"unit\": \"ms\"");
        assertThat(Saved.seconds(Saved.events(read(millis), Event.Decode.class).get(0)))
                .isEqualTo(2.45);
    }

    @Test
    void refusesATimeWithoutAUnit() {
        String unit = PROFILE.replace("\"value\": 2450000, \"unit\": \"us\"", "\"value\": 2450000");
        assertThatThrownBy(() -> read(unit))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessage("genie profile: token-generation-time in ns, us, ms or s expected, unit '' found");
    }

    @Test
    void believesTheRateWhereTheTimeToTheFirstTokenHoldsMoreThanThePrompt() throws UnknownOutputException {
        EventLog log = read(PROFILE.replace("\"value\": 450120", "\"value\": 900000"));
        assertThat(Saved.seconds(Saved.events(log, Event.Prefill.class).get(0))).isCloseTo(0.45, within(1e-6));
        assertThat(Saved.events(log, Event.Decode.class).get(0).startNanos())
                .isEqualTo(Saved.events(log, Event.Token.class).get(0).endNanos());
    }

    @Test
    void readsAnAnswerOfOneTokenWithoutDecoding() throws UnknownOutputException {
        EventLog log = read(
                PROFILE.replace("\"num-generated-tokens\": {\"value\": 50", "\"num-generated-tokens\": {\"value\": 1"));
        assertThat(Saved.events(log, Event.Decode.class)).isEmpty();
        assertThat(log.turns().get(0).generated()).isEqualTo(1);
    }

    @Test
    void readsPrintedKeyFiguresAndFindsTheirCounts() throws UnknownOutputException {
        EventLog log = read(KEY_FIGURES);
        assertThat(Saved.events(log, Event.Prefill.class).get(0).tokens()).isEqualTo(20);
        assertThat(Saved.events(log, Event.Decode.class).get(0).steps()).isEqualTo(4);
        assertThat(log.facts()).containsEntry("engine.version", "1.1.0");
        assertThat(log.answers()).containsEntry(0, "Blue, for one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\u001B[0m\n", "\n06-16 12:06:38.752  8826  8826 I genie: "})
    void readsThroughColoursLineEndsAndLoggersPrefixes(String lineEnd) throws UnknownOutputException {
        EventLog log = read(KEY_FIGURES.replace("\n", lineEnd));
        assertThat(Saved.events(log, Event.Decode.class).get(0).steps()).isEqualTo(4);
    }

    @Test
    void readsDecimalCommas() throws UnknownOutputException {
        EventLog log = read(KEY_FIGURES.replace("10.000000", "10,000000"));
        assertThat(Saved.events(log, Event.Decode.class).get(0).steps()).isEqualTo(4);
    }

    @Test
    void findsNoCountWhereACutOffRateLeavesTwo() {
        // 661504 us: 1023 tokens of 646.6 us and 1024 tokens of 646 us both print 1e6 / 646
        assertThat(GenieQuery.tokens(0.661504, 1e6 / 646)).isEmpty();
        assertThat(GenieQuery.tokens(0.200009, 100)).hasValue(20);
        assertThat(GenieQuery.tokens(2, 0.0000007)).isEmpty();
    }

    @Test
    void joinsProfileAndConsoleOfATrial() throws UnknownOutputException {
        EventLog log = new GenieAdapter()
                .read(Saved.trial(
                        folder,
                        Map.of(
                                "out.0",
                                Saved.fixture("genie/console-1.4.txt"),
                                "err.0",
                                "",
                                "rc.0",
                                "0\n",
                                "profile.0.json",
                                PROFILE)));
        assertThat(log.facts()).containsEntry("engine.version", "1.4.0");
        assertThat(log.answers()).containsEntry(0, "Blue, for one.");
        assertThat(log.turns()).hasSize(1);
    }

    @Test
    void keepsTheTurnsBeforeAFailure() throws UnknownOutputException {
        EventLog log = new GenieAdapter()
                .read(Saved.trial(
                        folder,
                        Map.of(
                                "out.0", KEY_FIGURES,
                                "rc.0", "0\n",
                                "out.1", "Using libGenie.so version 1.1.0\n",
                                "err.1", "[ERROR] \"Failed to find available PD for contextId 1\"\n",
                                "rc.1", "1\n")));
        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo("out_of_memory"));
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void numbersTheTurnsOfAResumedTrialAsTheScriptDoes() throws UnknownOutputException {
        EventLog log =
                new GenieAdapter().read(Saved.trial(folder, Map.of("out.10", KEY_FIGURES, "out.9", KEY_FIGURES)));
        assertThat(log.turns()).extracting(Event.Turn::turn).containsExactly(9, 10);
    }

    @Test
    void callsABadEndAfterFiguresACrash() throws UnknownOutputException {
        EventLog log = new GenieAdapter().read(Saved.trial(folder, Map.of("out.0", KEY_FIGURES, "rc.0", "139\n")));
        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).startsWith("ended by signal 11"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ERROR] \"Could not create context from binary for context index = 0 : err 1002\"|backend_init",
                "[ERROR] \"Unable to load Remote symbols 1008\"|backend_init",
                "Failure to initialize model|backend_init",
                "Context Size was exceeded.|prompt_too_long",
                "CANNOT LINK EXECUTABLE \"genie-t2t-run\": library \"libGenie.so\" not found|backend_init"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        EventLog log = read("Using libGenie.so version 1.4.0\n" + line + "\n");
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(kind));
        assertThat(log.events()).isEmpty();
    }

    @Test
    void refusesAProfileThatBreaksOff() {
        assertThatThrownBy(() -> read(PROFILE.substring(0, PROFILE.length() * 2 / 3)))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("whole JSON expected");
    }

    @Test
    void refusesAProfileWithoutAQuery() {
        assertThatThrownBy(() -> read(PROFILE.replace("GenieDialog_query", "GenieDialog_reset")))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("GenieDialog_query expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "{}", Saved.OTHER_ENGINE})
    void refusesWhatIsNotGenies(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void refusesKeyFiguresThatBreakOff() {
        assertThatThrownBy(() -> read(KEY_FIGURES.substring(0, KEY_FIGURES.indexOf("Token Generation Rate"))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessage(
                        "genie 1.1.0: a profile or the lines Prompt Processing Time and Token Generation Time expected, "
                                + "one of the lines found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "nan", "0.000000"})
    void refusesRatesThatMeasureNothing(String rate) {
        assertThatThrownBy(() -> read(KEY_FIGURES.replace("10.000000", rate)))
                .isInstanceOf(UnknownOutputException.class);
    }
}
