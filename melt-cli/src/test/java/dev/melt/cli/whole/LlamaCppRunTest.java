package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.outcome.Outcome;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.StopSignal;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import dev.melt.engines.llamacpp.LlamaCppEngine;
import dev.melt.testkit.ScriptedLlama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** llama.cpp's programs as an engine, from the runner to the store, with scripts that take options and print as they do. */
@DisabledOnOs(OS.WINDOWS)
class LlamaCppRunTest {
    @TempDir
    Path folder;

    private EngineRun engine(String version, String... programs) {
        Bench bench = Bench.in(folder).config("workloads/plain.yaml", """
                kind: prompts
                about: Two plain prompts
                generate: 8
                chat: false
                prompts:
                  - "one two three"
                  - "it's \\"$HOME\\" \\\\n `pwd`"
                """);
        return new EngineRun(
                bench,
                new LlamaCppEngine(),
                ScriptedLlama.bundle(folder.resolve("bundle"), version, Map.of(), programs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "llama-completion"})
    void startsAProcessAPromptInTheWordsOfEachGeneration(String program) throws IOException {
        EngineRun engine = engine("b1", program);
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.ok(store, "plain");

            assertThat(store.turns(run.id())).hasSize(2);
            assertThat(EngineRun.figures(store, run).get("decode_rate")).isCloseTo(100, within(0.1));
            Path attempt = engine.folder(store, run, 1);
            assertThat(Files.readString(attempt.resolve("prompt.1"))).isEqualTo("it's \"$HOME\" \\n `pwd`\n");
            assertThat(Files.readString(attempt.resolve("rc.1"))).isEqualTo("0\n");
            assertThat(Files.readString(attempt.resolve("span.1"))).matches("[0-9]{12,} [0-9]{12,}\n");
        }
    }

    @Test
    void measuresAPointOfATokenGridWithLlamaBench() throws IOException {
        EngineRun engine = engine("b9821", "llama-bench");
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.ok(store, "pp16-tg4");

            assertThat(Files.readString(engine.folder(store, run, 1).resolve("out.0")))
                    .containsSubsequence("\"n_prompt\": 16", "\"n_depth\": 0", "\"n_gen\": 4", "\"n_depth\": 16");
            assertThat(EngineRun.figures(store, run)).containsKeys("prefill_rate", "decode_rate");
        }
    }

    @Test
    void aSettingThatABuildDoesNotKnowIsRefusedByNameOnTheDevice() {
        EngineRun engine = engine("b1", "main");
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.plan(store, "plain", "ubatch=64");

            Map<Outcome, Integer> outcomes = engine.run(store, run, new StopSignal(), progress -> {});

            assertThat(outcomes).isEqualTo(Map.of(Outcome.REFUSED, 1));
            assertThat(store.trials(run.id()).get(0).cause()).contains("unknown option -ub");
        }
    }

    @Test
    void aConversationIsRefusedBeforeAnythingRuns() {
        EngineRun engine = engine("b9821", "llama-completion");
        try (RunStore store = engine.bench().store()) {
            assertThatThrownBy(() -> engine.plan(store, "talk"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("--engine llama-server");
        }
    }
}
