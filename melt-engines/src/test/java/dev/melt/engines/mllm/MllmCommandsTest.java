package dev.melt.engines.mllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import dev.melt.engines.reading.ScriptedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MllmCommandsTest {
    private static final String BENCHMARK = "bin/mllm-llm-benchmark";
    private static final String RUNNER = "bin/mllm-qwen3-runner";
    private static final String AOT = "bin/mllm-qwen3-aot-runner";
    private static final String KAI = "qwen3-w4a32-kai.mllm";
    private static final Script COUNTS = Jobs.turns(new Request.Tokens(32, 41, 0), new Request.Tokens(64, 41, 0));

    private final MllmEngine engine = new MllmEngine();

    @TempDir
    Path folder;

    private Optional<Problem> refusal(EngineJob job) {
        return engine.refuse(job.with(engine.complete(job, Jobs.PHONE)), Jobs.PHONE);
    }

    private Bundle v2(String backend, String... programs) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"max_cache_length\": 64}");
        String[] files = java.util.Arrays.copyOf(programs, programs.length + 2);
        files[programs.length] = "config.json";
        files[programs.length + 1] = "tokenizer.json";
        return Jobs.bundle("mllm", backend, folder, Map.of(), files);
    }

    @Test
    void handsAllTestsToOneBenchmarkWithOneRunEach() throws Exception {
        EngineJob job = Jobs.job(v2("cpu", BENCHMARK), KAI, COUNTS, "threads=6");
        assertThat(refusal(job)).isEmpty();
        ScriptedRun run = ScriptedRun.of(engine, job, folder, """
                # cooldown_s
                echo "$@" >>starts
                cat <<'END'
                %sEND
                """.formatted(Saved.fixture("mllm/v2/benchmark.txt")));
        assertThat(run.exitCode()).isZero();
        assertThat(run.starts())
                .singleElement()
                .asString()
                .contains("-t 6", "-cl 128", "-pp 32,64", "-tg 41,41", "-r 1");
        assertThat(engine.read(run.output()).turns()).hasSize(2);
    }

    @Test
    void namesABenchmarkThatCannotBeKeptFromRepeating() throws Exception {
        ScriptedRun run = ScriptedRun.of(engine, Jobs.job(v2("cpu", BENCHMARK), KAI, COUNTS), folder, "echo none");
        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(engine.read(run.output()).errors())
                .extracting(EngineError::kind)
                .containsExactly("bad_option");
    }

    @Test
    void givesEachPromptToItsOwnProcessOnStandardInput() throws Exception {
        Script prompts = Jobs.turns(new Request.Text("it's $HOME", 64), new Request.Text("second", 64));
        EngineJob job = Jobs.job(v2("cpu", RUNNER), KAI, prompts);
        assertThat(refusal(job)).isEmpty();
        ScriptedRun run = ScriptedRun.of(engine, job, folder, """
                read -r line
                echo "$line" >>starts
                cat <<'END'
                %sEND
                """.formatted(Saved.fixture("mllm/v2/summary.txt")));
        assertThat(run.starts()).containsExactly("it's $HOME", "second");
        EventLog log = engine.read(run.output());
        assertThat(log.turns()).hasSize(2);
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void stopsAtTheFirstProcessThatFailsAndKeepsTheTurnsBefore() throws Exception {
        Script prompts = Jobs.turns(new Request.Text("a", 64), new Request.Text("b", 64), new Request.Text("c", 64));
        ScriptedRun run = ScriptedRun.of(engine, Jobs.job(v2("cpu", RUNNER), KAI, prompts), folder, """
                read -r line
                echo "$line" >>starts
                if [ "$line" = b ]; then echo 'Error: Received signal 11 -' >&2; exit 11; fi
                cat <<'END'
                %sEND
                """.formatted(
                        Saved.fixture("mllm/v2/summary.txt")));
        assertThat(run.exitCode()).isEqualTo(11);
        assertThat(run.starts()).containsExactly("a", "b");
        EventLog log = engine.read(run.output());
        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("crashed");
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void takesTheChunkLengthToTheNpu() throws Exception {
        EngineJob job = Jobs.job(v2("npu", AOT), "ctx.bin", Jobs.turns(new Request.Text("p", 1024)), "chunk_length=32");
        assertThat(refusal(job)).isEmpty();
        ScriptedRun run = ScriptedRun.of(engine, job, folder, "echo \"$@\" >>starts");
        assertThat(run.starts()).singleElement().asString().contains("--ar_len 32", "--temperature 0");
    }

    @Test
    void runsADemoForThePromptThatItWasCompiledWith() throws Exception {
        Map<String, String> build = Map.of("prompt", "hello", "generate", "50", "model_size", "1.5B-rotated");
        Bundle bundle = Jobs.bundle(
                "mllm", "npu", folder, build, "bin/demo_qwen_npu", "vocab.mllm", "merges.txt", "decoding.mllm");
        EngineJob job = Jobs.job(bundle, "int8.mllm", Jobs.turns(new Request.Text("hello", 50)), "context=400");
        assertThat(refusal(job)).isEmpty();
        assertThat(refusal(Jobs.job(bundle, "int8.mllm", Jobs.turns(new Request.Text("other", 50)))))
                .isPresent();
        assertThat(refusal(Jobs.job(bundle, "int8.mllm", Jobs.turns(new Request.Text("hello", 49)))))
                .isPresent();
        ScriptedRun run =
                ScriptedRun.of(engine, job, folder, "echo \"$@\" >>../../trial/starts; echo Aborted >&2; exit 134");
        assertThat(run.starts())
                .singleElement()
                .asString()
                .contains("-l 400", "-b 1.5B-rotated", "-m /store/00/int8.mllm");
        assertThat(engine.read(run.output()).errors())
                .extracting(EngineError::kind)
                .containsExactly("crashed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pruning=0.25", "gpu_layers=1", "backend=gpu", "chunk_length=128", "seed=1", "temperature=0.5"})
    void refusesWhatTheBenchmarkCannotHonour(String setting) throws IOException {
        assertThat(refusal(Jobs.job(v2("cpu", BENCHMARK), KAI, COUNTS, setting)))
                .isPresent();
    }

    @Test
    void refusesAPromptOfTwoLinesAndALimitThatTheRunnerDoesNotTake() throws IOException {
        Bundle bundle = v2("cpu", RUNNER);
        assertThat(refusal(Jobs.job(bundle, KAI, Jobs.turns(new Request.Text("a\nb", 64)))))
                .isPresent();
        assertThat(refusal(Jobs.job(bundle, KAI, Jobs.turns(new Request.Text("a b", 63)))))
                .isPresent();
        assertThat(refusal(Jobs.job(bundle, KAI, Jobs.turns(new Request.Text("a b", 64)))))
                .isEmpty();
    }

    @Test
    void refusesAModelWhoseNameTheBenchmarkDoesNotKnow() throws IOException {
        assertThat(refusal(Jobs.job(v2("cpu", BENCHMARK), "phi.mllm", COUNTS))).isPresent();
    }

    @Test
    void refusesABundleWithoutAProgramForTheWorkload() throws IOException {
        assertThat(refusal(Jobs.job(v2("cpu", RUNNER), KAI, COUNTS)))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("mllm-llm-benchmark"));
    }
}
