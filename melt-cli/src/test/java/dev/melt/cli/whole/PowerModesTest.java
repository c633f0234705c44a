package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.virtual.board.VirtualBoard;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run through power modes of a virtual Orin, which it restarts into each and leaves as it was. */
class PowerModesTest {
    @TempDir
    Path folder;

    @Test
    void aSuiteGoesThroughModesWithTheEnergyOfEachRail() throws Exception {
        try (BoardBench boards = BoardBench.in(folder)) {
            VirtualBoard board = boards.board("orin-agx");

            Launched melt = boards.bench.melt(
                    "run",
                    "--suite",
                    "orin-power-modes",
                    "--device",
                    board.alias(),
                    "--model",
                    "mini",
                    "--workload",
                    "pp64-tg16",
                    "--threads",
                    "1",
                    "--trials",
                    "1",
                    "--idle",
                    "1s",
                    "--hz",
                    "50",
                    "--allow-restart",
                    "--json");

            assertThat(melt.exitCode()).as(melt.err()).isIn(0, 3);
            JsonNode result = Bench.json(melt);
            assertThat(Bench.outcomes(result)).containsExactly("OK", "OK", "OK");
            assertThat(melt.err())
                    .contains("it is restarted for power_mode=15W")
                    .contains("power_mode=MAXN");
            String figures = boards.bench
                    .melt("show", result.path("run").asText(), "--all")
                    .out();
            for (String mode : List.of("15W", "30W", "MAXN")) {
                assertThat(figures).contains("power_mode " + mode);
            }
            assertThat(figures)
                    .contains("rail_energy/VDD_GPU_SOC")
                    .contains("rail_energy_prefill/VDD_CPU_CV")
                    .contains("rail_energy_decode/VIN_SYS_5V0");
            assertThat(boards.shell(board, "nvpmodel -q")).contains("30W");
        }
    }
}
