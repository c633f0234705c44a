package dev.melt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {
    private static final String START = """
            {"e":"engine","name":"toy","version":"0.3"}
            {"e":"turn","turn":0,"start":600000000}
            {"e":"prefill","turn":0,"start":600000000,"end":700000000,"tokens":50}
            {"e":"token","turn":0,"i":0,"end":700000000}
            {"e":"token","turn":0,"i":1,"end":750000000}
            {"e":"turn_end","turn":0,"end":750000000,"generated":2}
            """;
    private static final String FAILED = """
            {"e":"error","kind":"out_of_memory","message":"4 GB wanted"}
            {"e":"end","ok":false}
            """;

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void saveAGoodRun() throws IOException {
        file = save(START + "{\"e\":\"end\",\"ok\":true}\n");
    }

    private Path save(String text) throws IOException {
        return Files.writeString(folder.resolve("saved.jsonl"), text);
    }

    private Launched melt(String... args) {
        return Launched.with(Map.of("MELT_HOME", folder.resolve("home").toString()), args);
    }

    private static JsonNode json(Launched launched) throws IOException {
        return new ObjectMapper().readTree(launched.out());
    }

    @Test
    void writesTheShapeThatScriptsRestOn() throws IOException {
        Launched launched = melt("parse", "events", file.toString(), "--json");
        JsonNode json = json(launched);

        assertThat(launched.exitCode()).isZero();
        assertThat(names(json))
                .containsExactly("kind", "version", "outcome", "metrics", "turns", "events", "effective", "skipped");
        assertThat(json.path("kind").asText()).isEqualTo("events");
        assertThat(json.path("version").asText()).isEqualTo("0.3");
        assertThat(json.path("outcome").asText()).isEqualTo("OK");
        assertThat(json.at("/metrics/decode_rate/value").asDouble()).isEqualTo(20);
        assertThat(json.at("/metrics/decode_rate/unit").asText()).isEqualTo("tok/s");
        assertThat(json.at("/turns/0/metrics/prefill_rate/value").asDouble()).isEqualTo(500);
        assertThat(json.at("/events/0/e").asText()).isEqualTo("prefill");
        assertThat(json.path("skipped").asInt()).isZero();
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void showsATableToPeople() {
        Launched launched = melt("parse", "events", file.toString());

        assertThat(launched.out())
                .startsWith("events 0.3: OK\n")
                .containsPattern("decode_rate +20\\.00  tok/s")
                .containsPattern("decode_steps +1\n");
    }

    @Test
    void saysThatNoVersionIsInIt() throws IOException {
        save(START.replace(",\"version\":\"0.3\"", "") + "{\"e\":\"end\",\"ok\":true}\n");

        assertThat(json(melt("parse", "events", file.toString(), "--json"))
                        .get("version")
                        .isNull())
                .isTrue();
    }

    @Test
    void endsWith1AndNoFiguresForUnknownOutput() throws IOException {
        save("nothing that MELT knows\n");
        Launched launched = melt("parse", "events", file.toString(), "--json");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("event lines of the agent protocol expected, none found in 24 bytes");
        assertThat(json(launched).path("outcome").asText()).isEqualTo("UNPARSEABLE");
        assertThat(json(launched).path("metrics")).isEmpty();
    }

    @Test
    void endsWith1AndTheNameOfAFailureWithoutFigures() throws IOException {
        save(FAILED);
        Launched launched = melt("parse", "events", file.toString(), "--json");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("OUT_OF_MEMORY, out_of_memory: 4 GB wanted");
        assertThat(json(launched).path("metrics")).isEmpty();
        assertThat(json(launched).at("/failure/kind").asText()).isEqualTo("out_of_memory");
    }

    @Test
    void endsWith3ForFiguresBeforeAFailure() throws IOException {
        save(START + FAILED);
        Launched launched = melt("parse", "events", file.toString(), "--json");

        assertThat(launched.exitCode()).isEqualTo(3);
        assertThat(json(launched).path("outcome").asText()).isEqualTo("OUT_OF_MEMORY");
        assertThat(json(launched).at("/metrics/decode_rate/value").asDouble()).isEqualTo(20);
    }

    @Test
    void endsWith2ForWhatIsNotThere() {
        Launched noFile = melt("parse", "events", folder.resolve("none").toString());
        Launched noKind = melt("parse", "evnts", file.toString());
        Launched nothing = melt("parse", "events");

        assertThat(List.of(noFile.exitCode(), noKind.exitCode(), nothing.exitCode()))
                .containsOnly(2);
        assertThat(noKind.err()).contains("did you mean events?");
        assertThat(nothing.err()).contains("no FILE given");
    }

    @Test
    void writesFactsAndSamplesOfTelemetry() throws IOException {
        save("""
                Thermal Status: 0
                Current temperatures from HAL:
                Temperature{mValue=22.771, mType=3, mName=VIRTUAL-SKIN, mStatus=0}
                Temperature{mValue=s
                """);
        Launched launched = melt("parse", "thermalservice", file.toString(), "--json");
        JsonNode json = json(launched);

        assertThat(launched.exitCode()).isZero();
        assertThat(names(json)).containsExactly("kind", "facts", "samples", "skipped");
        assertThat(names(json.at("/samples/0"))).containsExactly("channel", "unit", "value", "t");
        assertThat(json.at("/samples/0").toString())
                .isEqualTo("{\"channel\":\"temperature/VIRTUAL-SKIN\",\"unit\":\"degC\",\"value\":22.771,\"t\":null}");
        assertThat(json.at("/facts/sensors/0/type").asText()).isEqualTo("SKIN");
        assertThat(json.path("skipped").asInt()).isEqualTo(1);
    }

    @Test
    void endsWith1AndNoSamplesForUnknownTelemetry() throws IOException {
        save("Can't find service: thermalservice\n");
        Launched launched = melt("parse", "thermalservice", file.toString(), "--json");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err())
                .contains("thermalservice: 'Thermal Status:'", "'Can't find service: thermalservice' found");
        assertThat(json(launched).path("samples")).isEmpty();
        assertThat(json(launched).at("/failure/kind").asText()).isEqualTo("unknown_output");
    }

    @Test
    void showsTelemetryAsATable() throws IOException {
        save("""
                MemTotal:        2000 kB
                MemAvailable:    1000 kB
                """);

        assertThat(melt("parse", "proc-meminfo", file.toString()).out())
                .startsWith("proc-meminfo\n")
                .containsPattern("memory/MemAvailable +1.024 +MB");
    }

    @Test
    void listsTheKinds() throws IOException {
        JsonNode kinds =
                new ObjectMapper().readTree(melt("parse", "--list", "--json").out());

        assertThat(kinds.findValuesAsText("kind"))
                .contains("embedded", "events", "getprop", "proc-meminfo")
                .isSorted();
    }
}
