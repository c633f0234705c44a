package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.decimal;
import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextScoreTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        RandomModel.small().writeTo(folder.resolve("m.gguf"));
        RandomModel.small().withLayers(1).writeTo(folder.resolve("other.gguf"));
        Files.writeString(
                folder.resolve("t.txt"), "abcdefghijklmnopqrstuvwxyz".repeat(6).substring(0, 150));
    }

    private TestingWorker.Result run(String text, int batch) {
        return new TestingWorker(folder)
                .run("{'model':'m.gguf','settings':{'threads':1,'context':64,'ubatch':8,'batch':" + batch
                        + "},'text':{'file':'t.txt'," + text + "}}");
    }

    @Test
    void scoresTheSecondHalfOfEveryWholeWindow() {
        List<Fields> windows = run("'window':32", 64).all("score");

        // begin token, the three bytes of the blank before the text, and 150: four windows and a rest
        assertThat(windows).hasSize(4).allSatisfy(window -> {
            assertThat(number(window, "context_tokens")).isEqualTo(17);
            assertThat(number(window, "continuation_tokens")).isEqualTo(15);
            assertThat(decimal(window, "logprob_squares"))
                    .isGreaterThanOrEqualTo(Math.pow(decimal(window, "logprob"), 2) / 15);
        });
    }

    @Test
    void batchesDoNotChangeAWindow() {
        assertThat(decimal(run("'window':32,'most':1", 8).only("score"), "logprob"))
                .isCloseTo(decimal(run("'window':32,'most':1", 64).only("score"), "logprob"), within(1e-3));
    }

    @Test
    void leavesOutWhatIsDone() {
        List<Fields> windows = run("'window':32,'done':[0,2]", 64).all("score");

        assertThat(windows.stream().map(window -> number(window, "id"))).containsExactly(1L, 3L);
    }

    @Test
    void aModelDoesNotDivergeFromItself() {
        Fields window = run("'window':32,'most':1,'base':'m.gguf'", 64).only("score");

        assertThat(decimal(window, "divergence")).isZero();
        assertThat(number(window, "same_top")).isEqualTo(15);
        assertThat(decimal(window, "base_logprob")).isEqualTo(decimal(window, "logprob"));
    }

    @Test
    void anotherModelDivergesAtEveryToken() {
        Fields window = run("'window':32,'most':1,'base':'other.gguf'", 64).only("score");

        assertThat(decimal(window, "divergence")).isPositive();
        assertThat(decimal(window, "divergence_squares"))
                .isGreaterThanOrEqualTo(Math.pow(decimal(window, "divergence"), 2) / 15);
    }

    @Test
    void refusesATextThatIsTooShort() {
        TestingWorker.Result result = run("'window':64", 64);
        assertThat(result.all("score")).hasSize(2);

        TestingWorker.Result refused = new TestingWorker(folder)
                .run("{'model':'m.gguf','settings':{'threads':1,'context':128},'text':{'file':'t.txt','window':96}}");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("expected at least 2 windows of 96 tokens, found 154 tokens");
    }

    @Test
    void refusesAWindowBeyondTheContext() {
        assertThat(run("'window':65", 64).errors()).contains("expected at most the context, 64, found 65");
    }
}
