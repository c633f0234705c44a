package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.decimal;
import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's times against those llama.cpp keeps itself, of the same turns in the same process. */
class PerfAgreementTest {
    private static final int TURNS = 7;
    private static final double NANOS_PER_MS = 1e6;

    @TempDir
    Path folder;

    @Test
    void prefillAndDecodeAgreeWithTheEnginesOwnFiguresWithinTwoPercent() {
        RandomModel.steady().withLayers(12).writeTo(folder.resolve("m.gguf"));
        String turns = String.join(
                ",",
                IntStream.range(0, TURNS)
                        .mapToObj(i -> "{'turn':" + i + ",'prompt_tokens':32,'generate':33}")
                        .toList());
        TestingWorker.Result result = new TestingWorker(folder)
                .run("{'model':'m.gguf','settings':{'threads':1,'ignore_eos':true,'context':128},"
                        + "'conversations':[{'id':0,'turns':[" + turns + "]}]}");

        List<Fields> perf = result.all("perf");
        assertThat(perf).hasSize(TURNS).allSatisfy(line -> {
            assertThat(number(line, "n_p_eval")).isEqualTo(32);
            assertThat(number(line, "n_eval")).isEqualTo(32);
        });
        assertThat(median(perf, line -> prefillMs(result, line) / decimal(line, "p_eval_ms")))
                .isCloseTo(1, within(0.02));
        assertThat(median(perf, line -> decodeMs(result, line) / decimal(line, "eval_ms")))
                .isCloseTo(1, within(0.02));
    }

    private static double median(List<Fields> lines, ToDoubleFunction<Fields> figure) {
        return lines.stream().mapToDouble(figure).sorted().toArray()[lines.size() / 2];
    }

    private static double prefillMs(TestingWorker.Result result, Fields perf) {
        Fields prefill = result.all("prefill").stream()
                .filter(line -> number(line, "turn") == number(perf, "turn"))
                .findFirst()
                .orElseThrow();
        return (number(prefill, "end") - number(prefill, "start")) / NANOS_PER_MS;
    }

    /** Without the choice of tokens, which the engine does not count either. */
    private static double decodeMs(TestingWorker.Result result, Fields perf) {
        List<Fields> tokens = result.all("token").stream()
                .filter(line -> number(line, "turn") == number(perf, "turn"))
                .toList();
        return IntStream.range(1, tokens.size())
                        .mapToLong(i -> number(tokens.get(i), "logits") - number(tokens.get(i - 1), "end"))
                        .sum()
                / NANOS_PER_MS;
    }
}
