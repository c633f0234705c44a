package dev.melt.engines.executorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.ScriptedRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecuTorchCommandsTest {
    private static final Script PROMPTS = Jobs.turns(new Request.Text("first\nline", 16), new Request.Text("$(x)", 8));
    private static final String ANSWER = """
            echo "$@" >>starts
            echo 'PyTorchObserver {"prompt_tokens":3,"generated_tokens":2,"inference_start_ms":1000,\
            "prompt_eval_end_ms":1100,"first_token_ms":1100,"inference_end_ms":1200,\
            "SCALING_FACTOR_UNITS_PER_SECOND":1000}'
            """;

    private final ExecuTorchEngine engine = new ExecuTorchEngine();

    @TempDir
    Path folder;

    private Bundle cpu() {
        return Jobs.bundle("executorch", "cpu", folder, Map.of(), "bin/llama_main", "tokenizer.model");
    }

    private Bundle npu() {
        return Jobs.bundle(
                "executorch",
                "npu",
                folder,
                Map.of("decoder_model_version", "qwen3"),
                "bin/qnn_llama_runner",
                "tokenizer.json",
                "lib/libQnnHtp.so");
    }

    private Optional<Problem> refusal(EngineJob job) {
        return engine.refuse(job.with(engine.complete(job, Jobs.PHONE)), Jobs.PHONE);
    }

    @Test
    void runsAProcessForEachTurnWithItsPromptInAFile() throws Exception {
        EngineJob job = Jobs.job(cpu(), "m.pte", PROMPTS, "threads=3", "ignore_eos=true");
        assertThat(refusal(job)).isEmpty();
        ScriptedRun run = ScriptedRun.of(engine, job, folder, ANSWER);
        assertThat(run.starts()).hasSize(2);
        assertThat(run.starts().get(1))
                .contains("--cpu_threads 3", "--ignore_eos", "--prompt_file prompt.1", "--max_new_tokens 8");
        assertThat(run.file("prompt.0")).isEqualTo("first\nline");
        EventLog log = engine.read(run.output());
        assertThat(log.turns()).hasSize(2);
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void namesAProcessThatEndsWithoutAWord() throws Exception {
        ScriptedRun run = ScriptedRun.of(engine, Jobs.job(cpu(), "m.pte", PROMPTS), folder, "exit 0");
        assertThat(engine.read(run.output()).errors())
                .extracting(EngineError::kind)
                .containsOnly("no_result");
    }

    @Test
    void takesAKillWithoutAWordForAShortageOfMemory() throws Exception {
        ScriptedRun run = ScriptedRun.of(engine, Jobs.job(cpu(), "m.pte", PROMPTS), folder, "kill -9 $$");
        assertThat(run.exitCode()).isEqualTo(137);
        assertThat(engine.read(run.output()).errors())
                .extracting(EngineError::kind)
                .containsExactly("out_of_memory");
    }

    @Test
    void keepsTheFiguresOfAProcessThatCrashedBehindThem() throws Exception {
        ScriptedRun run = ScriptedRun.of(engine, Jobs.job(cpu(), "m.pte", PROMPTS), folder, ANSWER + "\nkill -6 $$");
        EventLog log = engine.read(run.output());
        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("crashed");
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void drivesQualcommsRunnerToTheEndOfItsContext() throws Exception {
        EngineJob job = Jobs.job(npu(), "m.pte", Jobs.turns(new Request.Text("p q", 256)), "context=256");
        assertThat(refusal(job)).isEmpty();
        assertThat(refusal(Jobs.job(npu(), "m.pte", Jobs.turns(new Request.Text("p", 255)), "context=256")))
                .isPresent();
        ScriptedRun run = ScriptedRun.of(engine, job, folder, "echo \"$ADSP_LIBRARY_PATH $*\" >>starts");
        assertThat(run.starts())
                .singleElement()
                .asString()
                .contains("bundle/lib ", "--seq_len 256", "--decoder_model_version qwen3", "--prompt p q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"context=512", "chunk_length=32", "pruning=0.1", "top_k=4", "seed=3", "backend=gpu", "mmap=true"
            })
    void refusesWhatWasFixedAtExportOrHasNoOption(String setting) {
        assertThat(refusal(Jobs.job(cpu(), "m.pte", PROMPTS, setting))).isPresent();
    }

    @Test
    void refusesCountsOfTokens() {
        assertThat(refusal(Jobs.job(cpu(), "m.pte", Jobs.turns(new Request.Tokens(8, 8, 0)))))
                .isPresent();
    }
}
