package dev.melt.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.gguf.GgufFile;
import dev.melt.core.model.ModelSupport;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.Quantisation;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MELT refuses what this build of llama.cpp cannot run, and only that; a worker shows what it really does. */
class ModelSupportTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "GEMMA2, 25, false",
        "GEMMA2, 26, true",
        "GEMMA3, 5, false",
        "GEMMA3, 6, true",
        "GEMMA, 1, true",
        "LLAMA, 1, true",
    })
    void agreesWithTheEngineOnTheNumberOfLayers(ModelFamily family, int layers, boolean runs) {
        Path file = SmallModel.write(folder.resolve("m.gguf"), family, layers, Quantisation.Q4_0);

        assertThat(ModelSupport.problem(GgufFile.read(file)).isEmpty()).isEqualTo(runs);
        assertThat(new TestingWorker(folder)
                                .run("{'model':'m.gguf','settings':{'threads':1,'context':64},'conversations':[{'id':0,"
                                        + "'turns':[{'turn':0,'prompt_tokens':8,'generate':2}]}]}")
                                .exitCode()
                        == 0)
                .isEqualTo(runs);
    }
}
