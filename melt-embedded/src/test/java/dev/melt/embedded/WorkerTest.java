package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
    @TempDir
    Path folder;

    private TestingWorker worker;

    @BeforeEach
    void makeModel() {
        RandomModel.small().writeTo(folder.resolve("m.gguf"));
        worker = new TestingWorker(folder);
    }

    @Test
    void writesTheLinesOfATurnInOrder() {
        TestingWorker.Result result =
                worker.run("{'model':'m.gguf','settings':{'ignore_eos':true,'context':256,'threads':1},"
                        + "'conversations':[{'id':0,'turns':[{'turn':0,'prompt':'some words','generate':4}]}]}");

        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.events().stream().map(event -> event.requiredText("e")))
                .containsExactly(
                        "engine",
                        "load",
                        "model",
                        "memory",
                        "turn",
                        "tokenize",
                        "prefill",
                        "token",
                        "token",
                        "token",
                        "token",
                        "perf",
                        "turn_end",
                        "end");
        assertThat(number(result.only("turn_end"), "generated")).isEqualTo(4);
    }
}
