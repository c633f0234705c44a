package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTest {
    @TempDir
    Path folder;

    private TestingWorker.Result run(int ubatch) {
        RandomModel.steady().writeTo(folder.resolve("m.gguf"));
        return new TestingWorker(folder)
                .run("{'model':'m.gguf','per_op':true,'settings':{'threads':1,'ignore_eos':true,'context':128,'ubatch':"
                        + ubatch
                        + "},'conversations':[{'id':0,'turns':[{'turn':0,'prompt_tokens':64,'generate':4}]}]}");
    }

    @Test
    void everyOperatorHasItsShapeAndTime() {
        TestingWorker.Result result = run(64);

        Fields product = result.all("op").stream()
                .filter(op -> op.requiredText("name").equals("ffn_up-0"))
                .findFirst()
                .orElseThrow();
        assertThat(product.requiredText("op")).isEqualTo("MUL_MAT");
        assertThat(product.requiredText("type")).isEqualTo("q4_0");
        assertThat(product.requiredText("phase")).isEqualTo("prefill");
        assertThat(product.requiredText("shape")).isEqualTo("[1024,2816,1,1] x [1024,64,1,1] -> [2816,64,1,1]");
        // 64 prompt tokens are one graph, three decodes one each
        assertThat(result.all("op").stream().map(op -> number(op, "graph")).distinct())
                .containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aPromptOfTwoMicroBatchesIsTwoGraphs() {
        assertThat(run(32).all("op").stream()
                        .filter(op -> op.requiredText("phase").equals("prefill"))
                        .map(op -> number(op, "graph"))
                        .distinct())
                .containsExactly(0L, 1L);
    }

    @Test
    void operatorsTogetherTakeMostOfThePrefill() {
        TestingWorker.Result result = run(64);
        List<Fields> operators = result.all("op").stream()
                .filter(op -> op.requiredText("phase").equals("prefill"))
                .toList();
        Fields prefill = result.only("prefill");
        double all = operators.stream()
                .mapToLong(op -> number(op, "end") - number(op, "start"))
                .sum();

        assertThat(all / (number(prefill, "end") - number(prefill, "start"))).isBetween(0.5, 1.0);
    }
}
