package dev.melt.engines.litertlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import dev.melt.engines.reading.ScriptedRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteRtLmCommandsTest {
    private static final Script COUNTS = Jobs.turns(new Request.Tokens(128, 32, 0), new Request.Tokens(256, 16, 0));
    private static final Script PROMPT = Jobs.turns(new Request.Text("say 'no' to $(date)", 24));
    private static final String PLAIN = "bin/litert_lm_main";
    private static final String ADVANCED = "bin/litert_lm_advanced_main";
    private static final String RECORD = "for word in \"$@\"; do echo \"$word\" >>starts; done\n";

    private final LiteRtLmEngine engine = new LiteRtLmEngine();

    @TempDir
    Path folder;

    private Bundle bundle(String backend, String program) {
        return Jobs.bundle("litert-lm", backend, folder, Map.of(), program, "lib/libLiteRt.so");
    }

    private Optional<Problem> refusal(EngineJob job) {
        return engine.refuse(job.with(engine.complete(job, Jobs.PHONE)), Jobs.PHONE);
    }

    @Test
    void asksForCountsOfTokensTurnByTurn() throws Exception {
        EngineJob job = Jobs.job(bundle("cpu", ADVANCED), "m.litertlm", COUNTS, "threads=2", "chunk_length=64");
        assertThat(refusal(job)).isEmpty();
        ScriptedRun run = ScriptedRun.of(
                engine, job, folder, RECORD + """
                cat >&2 <<'END'
                %sEND
                """.formatted(Saved.fixture("litertlm/benchmark_info.txt")));
        assertThat(run.starts())
                .contains("--backend=cpu", "--num_cpu_threads=2", "--prefill_chunk_size=64", "--async=false")
                .contains(
                        "--benchmark_prefill_tokens=128",
                        "--benchmark_prefill_tokens=256",
                        "--benchmark_decode_tokens=16");
        assertThat(engine.read(run.output()).turns()).hasSize(4);
    }

    @Test
    void givesThePromptAsAFileWhereTheProgramTakesOne() throws Exception {
        ScriptedRun run =
                ScriptedRun.of(engine, Jobs.job(bundle("gpu", ADVANCED), "m.litertlm", PROMPT), folder, RECORD);
        assertThat(run.starts())
                .contains("--input_prompt_file=prompt.0", "--max_output_tokens=24", "--backend=gpu")
                .noneMatch(word -> word.startsWith("--num_cpu_threads"));
    }

    @Test
    void handsAPromptOverWholeWhereItTakesNone() throws Exception {
        ScriptedRun run = ScriptedRun.of(engine, Jobs.job(bundle("cpu", PLAIN), "m.litertlm", PROMPT), folder, RECORD);
        assertThat(run.starts()).contains("--input_prompt=say 'no' to $(date)", "--benchmark_decode_tokens=24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads=2", "chunk_length=64", "pruning=0.1", "temperature=0", "context=64"})
    void refusesWhatThePlainProgramHasNoOptionFor(String setting) {
        assertThat(refusal(Jobs.job(bundle("gpu", PLAIN), "m.litertlm", COUNTS, setting)))
                .isPresent();
    }

    @Test
    void refusesAChunkLengthOffTheCpu() {
        Bundle bundle = bundle("npu", ADVANCED);
        assertThat(refusal(Jobs.job(bundle, "m.litertlm", COUNTS, "chunk_length=64")))
                .isPresent();
        assertThat(refusal(Jobs.job(bundle, "m.litertlm", COUNTS, "context=512")))
                .isEmpty();
    }

    @Test
    void refusesATurnWithoutPromptOrAnswer() {
        Bundle bundle = bundle("cpu", ADVANCED);
        assertThat(refusal(Jobs.job(bundle, "m.litertlm", Jobs.turns(new Request.Tokens(8, 0, 0)))))
                .isPresent();
        assertThat(refusal(Jobs.job(bundle, "m.litertlm", Jobs.turns(new Request.Tokens(0, 8, 0)))))
                .isPresent();
        assertThat(refusal(Jobs.job(bundle, "m.litertlm", Jobs.turns(new Request.Tokens(1, 1, 0)))))
                .isEmpty();
    }
}
