package dev.melt.engines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.parse.EngineFormat;
import dev.melt.core.parse.ParsedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLinesTest {
    private static final String START = """
            {"e":"engine","name":"toy","version":"0.3","effective":{"threads":2}}
            {"e":"load","start":1000,"end":500001000,"cache":"cold"}
            {"e":"turn","turn":0,"start":600000000}
            {"e":"prefill","turn":0,"start":600000000,"end":700000000,"tokens":50}
            {"e":"token","turn":0,"i":0,"end":700000000}
            {"e":"decode","turn":0,"start":700000000,"end":1700000000,"steps":20}
            {"e":"turn_end","turn":0,"end":1700000000,"generated":21}
            """;
    private static final String WHOLE = START + "{\"e\":\"end\",\"ok\":true}\n";

    @TempDir
    Path folder;

    private ParsedRun read(String text) throws IOException, UnknownOutputException {
        Path file = Files.writeString(folder.resolve("saved.txt"), text);
        return new EngineFormat(new EventLines()).read(file);
    }

    private static double figure(ParsedRun run, String metric) {
        return run.metrics().stream()
                .filter(v -> v.metric().equals(metric) && v.turn().equals(OptionalInt.empty()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void givesTheFiguresOfAnyProgramThatWritesThem() throws Exception {
        ParsedRun run = read(WHOLE);

        assertThat(run.version()).contains("0.3");
        assertThat(run.outcome()).isEqualTo(Outcome.OK);
        assertThat(run.effective()).containsEntry("threads", "2");
        assertThat(figure(run, "load_time")).isEqualTo(0.5);
        assertThat(figure(run, "prefill_rate")).isEqualTo(500);
        assertThat(figure(run, "decode_rate")).isEqualTo(20);
        assertThat(run.skipped()).isZero();
    }

    @Test
    void findsThemBehindTagsAndAmongOtherLines() throws Exception {
        String logged = "starting up\r\n"
                + WHOLE.replaceAll("(?m)^", "11-20 22:31:35.003  88  90 I toy : ")
                        .replace("\n", "\r\n");

        ParsedRun run = read(logged);

        assertThat(figure(run, "decode_rate")).isEqualTo(20);
        assertThat(run.skipped()).isGreaterThan(0);
    }

    @Test
    void leavesOutADamagedLineAndCountsIt() throws Exception {
        ParsedRun run = read(WHOLE.replace("\"end\":500001000", "\"end\":5000" + "x"));

        assertThat(run.skipped()).isEqualTo(1);
        assertThat(run.metrics()).noneMatch(v -> v.metric().equals("load_time"));
        assertThat(figure(run, "decode_rate")).isEqualTo(20);
    }

    @Test
    void refusesALogThatBreaksOff() {
        assertThatThrownBy(() -> read(START))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessage("events 0.3: output up to its good end expected, it breaks off after 1 turn");
    }

    @Test
    void refusesALogThatMeasuredNothing() {
        assertThatThrownBy(() -> read("{\"e\":\"engine\",\"version\":\"0.3\"}\n{\"e\":\"end\",\"ok\":true}\n"))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessage("events 0.3: a figure above 0 expected, no turn found");
    }

    @Test
    void keepsWhatWasMeasuredBeforeACrash() throws Exception {
        ParsedRun run = read(START + "{\"e\":\"error\",\"kind\":\"backend_runtime\",\"message\":\"queue lost\"}\n"
                + "{\"e\":\"end\",\"ok\":false}\n");

        assertThat(run.outcome()).isEqualTo(Outcome.CRASHED);
        assertThat(run.failure().orElseThrow().kind()).isEqualTo("backend_runtime");
        assertThat(figure(run, "prefill_rate")).isEqualTo(500);
    }

    @Test
    void namesAFailureThatLeftNothing() throws Exception {
        ParsedRun run = read("""
                {"e":"error","kind":"out_of_memory","message":"4 GB wanted"}
                {"e":"end","ok":false}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.OUT_OF_MEMORY);
        assertThat(run.hasFigures()).isFalse();
        assertThat(run.events()).isEmpty();
    }
}
