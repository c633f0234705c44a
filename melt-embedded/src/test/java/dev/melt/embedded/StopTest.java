package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopTest {
    private static final String ENDLESS = "{'model':'m.gguf','settings':{'threads':1,'ignore_eos':true,'context':4096},"
            + "'repeat':{'seconds':100},'conversations':[{'id':0,'turns':["
            + "{'turn':0,'prompt_tokens':8,'generate':2},{'turn':1,'prompt_tokens':8,'generate':300}]}]}";
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path folder;

    private TestingWorker worker;

    @BeforeEach
    void makeModel() {
        RandomModel.steady().writeTo(folder.resolve("m.gguf"));
        worker = new TestingWorker(folder);
    }

    private Process startAndWaitForTheFirstTurn() throws IOException, InterruptedException {
        Process process = worker.start(ENDLESS);
        long start = System.nanoTime();
        while (worker.lines().stream().noneMatch(line -> line.contains("turn_end"))) {
            assertThat(System.nanoTime() - start).isLessThan(DEADLINE_NANOS);
            Thread.sleep(5);
        }
        return process;
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void aSignalEndsItBetweenTokensWithWholeLines(String signal, int exitCode)
            throws IOException, InterruptedException {
        Process process = startAndWaitForTheFirstTurn();
        int sent = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(sent).isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        TestingWorker.Result result = worker.result(process.exitValue());
        assertThat(result.exitCode()).as(result.errors()).isEqualTo(exitCode);
        assertThat(result.only("error").requiredText("kind")).isEqualTo("interrupted");
        assertThat(result.only("end").flag("ok", true)).isFalse();
        assertThat(number(result.all("turn_end").get(0), "turn")).isZero();
        assertThat(worker.raw()).endsWith("}\n");
    }

    @Test
    void aSignalEndsALongPrefill() throws IOException, InterruptedException {
        Process process = worker.start(
                "{'model':'m.gguf','settings':{'threads':1,'context':32768},'conversations':["
                        + "{'id':0,'turns':[{'turn':0,'prompt_tokens':8,'generate':1},{'turn':1,'prompt_tokens':32000,'generate':1}]}]}");
        while (worker.lines().stream().noneMatch(line -> line.contains("turn_end"))) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(5);
        }
        process.destroy();

        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(worker.result(143).all("turn_end")).hasSize(1);
    }

    @Test
    void killedItLeavesTheFinishedTurns() throws IOException, InterruptedException {
        Process process = startAndWaitForTheFirstTurn();
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<Fields> ends = worker.result(process.exitValue()).all("turn_end");
        assertThat(number(ends.get(0), "turn")).isZero();
        assertThat(number(ends.get(0), "generated")).isEqualTo(2);
        assertThat(worker.raw()).endsWith("}\n");
    }
}
