package dev.melt.engines.mnn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import dev.melt.engines.reading.ScriptedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnnCommandsTest {
    private static final Script COUNTS = Jobs.turns(new Request.Tokens(64, 32, 0), new Request.Tokens(64, 0, 0));
    private static final Script PROMPTS = Jobs.turns(new Request.Text("a \"b\"", 16), new Request.Text("c", 8));

    private final MnnEngine engine = new MnnEngine();

    @TempDir
    Path folder;

    @BeforeEach
    void writeConfiguration() throws Exception {
        Files.writeString(folder.resolve("config.json"), "{\"is_visual\": true, \"sampler_type\": \"mixed\"}");
    }

    private Bundle bundle(String backend) {
        return Jobs.bundle(
                "mnn",
                backend,
                folder,
                Map.of(),
                "bin/llm_bench",
                "bin/llm_demo",
                "config.json",
                "llm_config.json",
                "llm.mnn",
                "tokenizer.mtok");
    }

    private Optional<Problem> refusal(EngineJob job) {
        return engine.refuse(job.with(engine.complete(job, Jobs.PHONE)), Jobs.PHONE);
    }

    @Test
    void runsABenchmarkForEachTurnAndReadsItsJson() throws Exception {
        EngineJob job = Jobs.job(bundle("gpu"), "m.mnn.weight", COUNTS, "threads=2");
        assertThat(refusal(job)).isEmpty();
        ScriptedRun run = ScriptedRun.of(engine, job, folder, """
                echo "$@" >>starts
                cat >bench.json <<'END'
                {"backend":"OPENCL","threads":2,"results":[{"prompt_len":64,"tps":512,"std":0}]}
                END
                """);
        assertThat(run.exitCode()).isZero();
        assertThat(run.starts().get(0)).contains("-a opencl", "-t 2", "-rep 1", "-p 0 -n 0 -pg 64,32 -j bench.json");
        assertThat(run.starts().get(1)).contains("-p 64 -n 0 -j");
        assertThat(engine.read(run.output()).turns()).hasSize(2);
    }

    @Test
    void putsTheModelsFolderTogetherWithAConfigurationOfItsOwn() throws Exception {
        EngineJob job = Jobs.job(bundle("cpu"), "m.mnn.weight", PROMPTS, "threads=2");
        ScriptedRun run = ScriptedRun.of(
                engine,
                job,
                folder,
                "echo \"$@ $(cat \"$2\")\" >>starts; cat <<'END'\n" + Saved.fixture("mnn/demo.txt") + "END\n");
        assertThat(run.starts())
                .containsExactly("./model/config.json prompt.0 16 a \"b\"", "./model/config.json prompt.1 8 c");
        JsonNode written = new ObjectMapper().readTree(run.file("model/config.json"));
        assertThat(written.path("thread_num").asInt()).isEqualTo(2);
        assertThat(written.path("sampler_type").asText()).isEqualTo("greedy");
        assertThat(written.path("is_visual").asBoolean()).isTrue();
        assertThat(written.path("tokenizer_file").asText()).isEqualTo("tokenizer.mtok");
        Path model = folder.resolve("trial/model");
        assertThat(Files.readSymbolicLink(model.resolve("llm.mnn.weight"))).hasToString("/store/00/m.mnn.weight");
        assertThat(Files.isSymbolicLink(model.resolve("tokenizer.mtok"))).isTrue();
        assertThat(engine.read(run.output()).turns()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pruning=0.1", "chunk_length=64", "context=512", "temperature=0.7", "seed=1", "gpu_layers=3"})
    void refusesWhatItHasNoOptionFor(String setting) {
        assertThat(refusal(Jobs.job(bundle("cpu"), "m.mnn.weight", PROMPTS, setting)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "# a heading", "id,question,A,B,C,D,answer"})
    void refusesPromptsThatTheDemoWouldNotTakeAsOne(String prompt) {
        assertThat(refusal(Jobs.job(bundle("cpu"), "m.mnn.weight", Jobs.turns(new Request.Text(prompt, 8)))))
                .isPresent();
    }

    @Test
    void refusesAFolderThatWouldLackItsWeights() {
        assertThat(refusal(Jobs.job(bundle("cpu"), "m.mnn", PROMPTS)))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("llm.mnn.weight"));
    }

    @Test
    void refusesTextAndCountsTogether() {
        Script both = Jobs.turns(new Request.Text("a", 8), new Request.Tokens(8, 8, 0));
        assertThat(refusal(Jobs.job(bundle("cpu"), "m.mnn.weight", both))).isPresent();
    }
}
