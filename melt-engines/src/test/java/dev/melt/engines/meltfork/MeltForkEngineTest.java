package dev.melt.engines.meltfork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Stamps;
import dev.melt.core.model.Model;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.llamacpp.LogSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeltForkEngineTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/melt-llama.cpp");
    private static final Device BOARD = new Device("board", Platform.LINUX, "s1", false, Map.of("cores", "4"));
    private static final Bundle BUNDLE = new Bundle(
            "fork",
            "melt-llama.cpp",
            "98fce50",
            "arm64-linux",
            "cpu",
            "ab12",
            List.of(new Bundle.BundleFile("bin/main", Path.of("main"), "cd34", true)),
            Map.of("LD_LIBRARY_PATH", "{bundle}/lib"),
            Map.of());
    private static final Model MODEL =
            new Model("tiny", Path.of("tiny.gguf"), "llama", 1, "q4_0", 1, Optional.empty(), Optional.empty());

    private final MeltForkEngine engine = new MeltForkEngine();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"script", "typed"})
    void readsTheTimesOfEachToken(String name) throws Exception {
        Path fixture = FIXTURES.resolve(name);

        EventLog log = engine.read(EngineOutput.of(fixture));

        assertThat(LogSummary.of(log)).isEqualTo(Files.readString(fixture.resolve("expected")));
        assertThat(log.stamps()).isEqualTo(Stamps.WALL_CLOCK);
    }

    @Test
    void neitherTheRoundOfATypedPromptNorTheOneAfterItGivesAToken() throws Exception {
        EventLog log = saved("""
                generate.8.decode.end 1700000000900000000
                generate.2.decode.start 1700000000000000000
                generate.2.decode.end 1700000000010000000
                prompt.2.tokenize.start 1700000000100000000
                prompt.2.tokenize.end 1700000000101000000
                generate.4.decode.start 1700000000110000000
                generate.4.decode.end 1700000000210000000
                generate.5.decode.start 1700000000211000000
                generate.5.decode.end 1700000000231000000
                generate.6.decode.start 1700000000232000000
                generate.6.decode.end 1700000000252000000
                prompt.6.tokenize.start 1700000000500000000
                prompt.6.tokenize.end 1700000000501000000
                generate.7.decode.start 1700000000502000000
                generate.7.decode.end 1700000000503000000
                generate.8.decode.start 1700000000800000000
                """);

        assertThat(log.turns())
                .extracting(Event.Turn::turn, Event.Turn::startNanos, Event.Turn::generated)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 1_700_000_000_100_000_000L, 2),
                        org.assertj.core.groups.Tuple.tuple(1, 1_700_000_000_500_000_000L, 1));
    }

    @Test
    void promptsThatWereTakenUpAndNotAnsweredAreNoResult() throws Exception {
        EventLog log = saved("load_model.start 1700000000000000000\nload_model.end 1700000001000000000\n");

        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("no_result");
        assertThat(log.events()).hasOnlyElementsOfType(Event.Load.class);
    }

    @Test
    void blocksOfSeveralTurnsStayTheEnginesOwnWithoutItsFile() throws Exception {
        EventLog log = engine.read(EngineOutput.ofFile(FIXTURES.resolve("typed/stdout")));

        assertThat(log.perf()).hasSize(2);
        assertThat(log.events()).hasOnlyElementsOfType(Event.Turn.class);
    }

    @Test
    void handsPromptsOverAsFilesAndLeavesOutWhatIsDone() {
        EngineJob job = new EngineJob(
                MODEL,
                BUNDLE,
                Settings.parse(List.of("threads=2", "mmap=false")),
                script("a'b", "c"),
                false,
                new TreeMap<>(Map.of(0, List.of(1))));

        Invocation invocation = engine.invocation(job, BOARD, new Placement("/m/tiny.gguf", "/b"));

        assertThat(invocation.command()).containsExactly("sh", "turns.sh");
        assertThat(invocation.inputs().get("turns.sh"))
                .contains("begin 1 /dev/null\nask 7 /b/bin/main -m /m/tiny.gguf -t 2 --no-mmap\nend\n")
                .doesNotContain("begin 0");
        assertThat(invocation.inputs()).containsEntry("prompt.1", "c").doesNotContainKey("prompt.0");
        assertThat(invocation.environment())
                .containsEntry("LD_LIBRARY_PATH", "/b/lib")
                .containsEntry("LC_ALL", "C");
    }

    @Test
    void completesWhatItWillReallyBeGiven() {
        Settings settings = engine.complete(new EngineJob(MODEL, BUNDLE, Settings.NONE, script("a"), false), BOARD);

        assertThat(settings.get(Setting.THREADS)).contains("4");
        assertThat(settings.get(Setting.CONTEXT)).contains("512");
        assertThat(ForkOptions.rules("fork", "cpu").problem("board", settings)).isEmpty();
    }

    @Test
    void refusesWhatAProgramOf2024CannotDo() {
        assertThat(refusal(Settings.parse(List.of("ubatch=64")), script("a"))).contains("ubatch=64");
        assertThat(refusal(Settings.parse(List.of("gpu_layers=9")), script("a")))
                .contains("gpu_layers=9");
        assertThat(refusal(Settings.NONE, Script.once(List.of(new Conversation(0, true, text("a"))))))
                .contains("chat");
        assertThat(refusal(
                        Settings.NONE,
                        Script.once(List.of(new Conversation(0, false, List.of(new Request.Tokens(4, 4, 0)))))))
                .contains("prompts of text");
        assertThat(refusal(Settings.parse(List.of("gpu_layers=0", "warmup=true")), script("a")))
                .isEmpty();
    }

    private String refusal(Settings settings, Script script) {
        return engine.refuse(new EngineJob(MODEL, BUNDLE, settings, script, false), BOARD)
                .map(Problem::toString)
                .orElse("");
    }

    private static Script script(String... prompts) {
        return Script.once(List.of(prompts).stream()
                .map(prompt -> new Conversation(0, false, text(prompt)))
                .toList());
    }

    private static List<Request> text(String prompt) {
        return List.of(new Request.Text(prompt, 7));
    }

    private EventLog saved(String text) throws Exception {
        Path file = folder.resolve("events.tsv");
        Files.writeString(file, text);
        return engine.read(EngineOutput.ofFile(file));
    }
}
