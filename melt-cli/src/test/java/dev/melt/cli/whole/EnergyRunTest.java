package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Energy and heat of a real run on a machine whose sensors are made up: a counter of 10 W and a zone that warms up. */
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("try") // the sensors run, nobody calls them
class EnergyRunTest {
    private static final double WATTS = 10;

    @TempDir
    Path folder;

    @Test
    void integratesACounterOverTheTurnsAndLabelsTheDeviceVirtual() {
        Path root = folder.resolve("root");
        try (FakeSensors sensors = new FakeSensors(root, WATTS)) {
            Bench bench = Bench.in(folder).with("MELT_SYSROOT", root.toString());
            Launched launched = bench.melt(
                    "run",
                    "--device",
                    "local",
                    "--model",
                    "tiny",
                    "--workload",
                    "pp256-tg1500",
                    "--trials",
                    "1",
                    "--hz",
                    "50",
                    "--idle",
                    "1s",
                    "--threads",
                    "1",
                    "--json");
            assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
            JsonNode result = Bench.json(launched);

            JsonNode cell = Bench.cell(result, "tiny-q4_0", "pp256-tg1500");
            Map<String, Double> figures = Bench.figures(cell);
            assertThat(figure(figures, "power_mean")).isCloseTo(WATTS, Percentage.withPercentage(10));
            assertThat(figure(figures, "energy"))
                    .isCloseTo(WATTS * figure(figures, "turn_time"), Percentage.withPercentage(10));
            assertThat(figure(figures, "energy_prefill") + figure(figures, "energy_decode"))
                    .isCloseTo(figure(figures, "energy"), Percentage.withPercentage(10));
            assertThat(figure(figures, "energy_net"))
                    .as("a machine that draws the same at rest")
                    .isCloseTo(0, within(0.15 * figure(figures, "energy")));
            assertThat(figure(figures, "energy_per_token")).isCloseTo(figure(figures, "energy") / 1500, within(1e-3));
            assertThat(figures.keySet().toString()).contains("temperature_start", "temperature_peak");
            assertThat(figures.entrySet())
                    .filteredOn(figure -> figure.getKey().startsWith("temperature_peak"))
                    .allSatisfy(figure -> assertThat(figure.getValue()).isBetween(40.0, 70.0));
            assertThat(cell.path("virtual").asBoolean()).isTrue();
            assertThat(result.findValuesAsText("kind")).contains("VIRTUAL_DEVICE");
            assertThat(result.path("not_measured").has("energy")).isFalse();
            assertThat(bench.melt("show", result.path("run").asText()).out()).contains("(virtual)", "energy");
        }
    }

    private static double figure(Map<String, Double> figures, String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    @Test
    void aGateWaitsForAZoneToPassAndRefusesWhenItDoesNot() {
        Path root = folder.resolve("root");
        try (FakeSensors sensors = new FakeSensors(root, WATTS)) {
            Bench bench = Bench.in(folder).with("MELT_SYSROOT", root.toString());

            JsonNode open = bench.run("--workload", "tg4", "--trials", "1", "--gate", "temperature=90,timeout=5");
            Launched shut = bench.melt(
                    "run",
                    "--device",
                    "local",
                    "--model",
                    "mini",
                    "--workload",
                    "tg4",
                    "--trials",
                    "1",
                    "--json",
                    "--gate",
                    "temperature=30,timeout=1");

            assertThat(Bench.outcomes(open)).containsExactly("OK");
            assertThat(shut.exitCode()).isEqualTo(1);
            assertThat(Bench.trials(Bench.json(shut)).get(0).path("cause").asText())
                    .contains("temperature");
        }
    }
}
