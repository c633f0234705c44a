package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.Event;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.run.RunProgress;
import dev.melt.core.run.StopSignal;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import dev.melt.engines.llamacpp.LlamaServerEngine;
import dev.melt.testkit.ScriptedLlama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** llama-server as an engine, from the runner to the store, with a server that answers as the real one does. */
@DisabledOnOs(OS.WINDOWS)
class LlamaServerRunTest {
    @TempDir
    Path folder;

    private EngineRun engine(Map<String, String> environment) {
        return new EngineRun(
                Bench.in(folder),
                new LlamaServerEngine(),
                ScriptedLlama.bundle(folder.resolve("bundle"), "b9821", environment, "llama-server"));
    }

    @Test
    void givesTheTimeOfEachTokenOfAConversation() throws IOException {
        EngineRun engine = engine(Map.of());
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.ok(store, "talk");

            List<Event> events = store.events(store.trials(run.id()).get(0).id());
            assertThat(events).filteredOn(Event.Token.class::isInstance).hasSize(5 * 8);
            assertThat(events)
                    .filteredOn(Event.Prefill.class::isInstance)
                    .extracting(event -> ((Event.Prefill) event).cached() > 0)
                    .containsExactly(false, true, true, true, true);
            assertThat(EngineRun.figures(store, run))
                    .containsKeys("ttft", "itl_p50", "decode_rate", "decode_rate_engine", "load_time");
            Path attempt = engine.folder(store, run, 1);
            assertThat(Files.readString(attempt.resolve("sse.4"))).contains("\"stop\":true");
            assertThat(Files.readString(attempt.resolve("status"))).contains("state=FINISHED", "exit=0");
        }
    }

    @Test
    void evaluatesAPromptBehindFillerThatIsNotTimed() {
        EngineRun engine = engine(Map.of());
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.ok(store, "pp16-tg4@d64");

            assertThat(store.events(store.trials(run.id()).get(0).id()))
                    .filteredOn(Event.Prefill.class::isInstance)
                    .singleElement()
                    .satisfies(event ->
                            assertThat(((Event.Prefill) event).tokens()).isEqualTo(16));
        }
    }

    @Test
    void goesOnAtTheNextTurnAfterAStop() throws IOException {
        EngineRun engine = engine(Map.of("FAKE_LLAMA_MS", "100"));
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.plan(store, "talk");
            StopSignal stop = new StopSignal();
            Path second = engine.folder(store, run, 1).resolve("sse.1");
            RunProgress.Listener afterSecondTurn = progress -> {
                if (Files.exists(second)) {
                    stop.raise();
                }
            };
            assertThat(engine.run(store, run, stop, afterSecondTurn)).isEqualTo(Map.of(Outcome.INTERRUPTED, 1));

            Map<Outcome, Integer> resumed = engine.run(store, run, new StopSignal(), progress -> {});

            assertThat(resumed).isEqualTo(Map.of(Outcome.OK, 1));
            assertThat(store.trials(run.id())).extracting(StoredTrial::attempt).containsExactly(2);
            assertThat(store.turns(run.id())).hasSize(5);
            assertThat(engine.folder(store, run, 1).resolve("sse.0")).exists();
            assertThat(engine.folder(store, run, 2).resolve("sse.0")).doesNotExist();
        }
    }

    @Test
    void aServerThatCrashesInTheMiddleIsAFailedTrialWithItsExitCode() {
        EngineRun engine = engine(Map.of("FAKE_LLAMA_CRASH", "12"));
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.plan(store, "talk");

            Map<Outcome, Integer> outcomes = engine.run(store, run, new StopSignal(), progress -> {});

            assertThat(outcomes).isEqualTo(Map.of(Outcome.CRASHED, 1));
            assertThat(store.trials(run.id()).get(0).cause()).contains("signal 11");
            assertThat(store.turns(run.id())).hasSize(1);
        }
    }

    @Test
    void aPromptThatIsTooLongIsRefusedByNameAndTheOthersAreAsked() {
        EngineRun engine = engine(Map.of());
        engine.bench()
                .config("workloads/long.yaml", """
                kind: prompts
                about: One too long
                generate: 4
                chat: false
                prompts:
                  - %s
                  - short
                """.formatted("word ".repeat(600).strip()));
        try (RunStore store = engine.bench().store()) {
            StoredRun run = engine.ok(store, "long", "context=512");

            assertThat(store.turns(run.id()))
                    .singleElement()
                    .satisfies(turn -> assertThat(turn.turn()).isEqualTo(1));
        }
    }
}
