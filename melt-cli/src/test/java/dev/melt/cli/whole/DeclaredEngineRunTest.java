package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An engine that nobody wrote code for: a shell script that writes event lines, and a YAML file that says how to start it. */
@EnabledOnOs(OS.LINUX)
class DeclaredEngineRunTest {
    /** Takes its time from uptime, as any program may, and writes its lines when the turn is over. */
    private static final String TOY = """
            now() { read -r UP _ </proc/uptime; echo "${UP%.*}${UP#*.}0000000"; }
            START=$(now)
            sleep 0.2
            FIRST=$(now)
            sleep 0.3
            LAST=$(now)
            {
                echo '{"e":"engine","name":"toy","version":"0.3","effective":{"threads":'"$1"'}}'
                echo '{"e":"turn","turn":0,"start":'"$START"'}'
                echo '{"e":"prefill","turn":0,"start":'"$START"',"end":'"$FIRST"',"tokens":'"$2"'}'
                echo '{"e":"token","turn":0,"i":0,"end":'"$FIRST"'}'
                echo '{"e":"decode","turn":0,"start":'"$FIRST"',"end":'"$LAST"',"steps":'$(($3 - 1))'}'
                echo '{"e":"turn_end","turn":0,"end":'"$LAST"',"generated":'"$3"'}'
                echo '{"e":"end","ok":true}'
            } >"$4"
            """;

    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), Map.of());

    @BeforeEach
    void declareTheEngine() throws IOException {
        bench = Bench.in(folder);
        Path script = Files.writeString(folder.resolve("toy.sh"), TOY);
        bench.config("engines/toy.yaml", """
                about: A shell script that pretends
                bundle: false
                command: [sh, "%s", "{threads}", "{prompt_tokens}", "{generate}", "{events}"]
                defaults:
                  threads: 1
                """.formatted(script));
    }

    @Test
    void isListedWithItsFileAndRunsToFiguresInTheStore() {
        JsonNode engines = Bench.json(bench.melt("engines", "--json"));
        JsonNode result = bench.run("--engine", "toy", "--workload", "pp64-tg16", "--trials", "2");
        JsonNode cell = Bench.cell(result, "mini-q4_0", "pp64-tg16");

        assertThat(engines.findValuesAsText("name")).contains("toy", "embedded");
        assertThat(engines.findValuesAsText("from"))
                .contains(folder.resolve("configs/engines/toy.yaml").toString());
        assertThat(Bench.outcomes(result)).containsExactly("OK", "OK");
        assertThat(Bench.figures(cell).get("prefill_rate")).isBetween(64 / 5.0, 64 / 0.18);
        assertThat(Bench.figures(cell)).containsKeys("decode_rate", "tpot", "ttft", "turn_time", "peak_rss");
        assertThat(Bench.figures(cell)).doesNotContainKey("itl_p50");
        assertThat(cell.path("settings").path("threads").asText()).isEqualTo("1");
    }

    @Test
    void itsOutputCanBeComputedAgain() {
        String run = bench.run("--engine", "toy", "--workload", "pp64-tg16", "--trials", "1")
                .path("run")
                .asText();
        double before = rate(run);

        assertThat(bench.melt("reparse", run).exitCode()).isZero();
        assertThat(rate(run)).isEqualTo(before);
    }

    private double rate(String run) {
        JsonNode cell = Bench.cell(Bench.json(bench.melt("show", run, "--json")), "mini-q4_0", "pp64-tg16");
        return Bench.figures(cell).getOrDefault("decode_rate", 0.0);
    }

    @Test
    void aSettingWithoutAWayIsRefusedBeforeAnythingRuns() {
        Launched launched =
                bench.melt("run", "--device", "local", "--model", "mini", "--engine", "toy", "--set", "context=512");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("it has no way for context", "toy.yaml");
    }
}
