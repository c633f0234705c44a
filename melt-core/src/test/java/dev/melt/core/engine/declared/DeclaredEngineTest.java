package dev.melt.core.engine.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Settings;
import dev.melt.core.model.Model;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredEngineTest {
    private static final Device DEVICE =
            new Device("local", Platform.LINUX, "m1", false, Map.of("cores", "8", "python", "/usr/bin/python3"));
    private static final Placement PLACE = new Placement("/w/store/a/m.gguf", "/w/store/b");
    private static final Model MODEL =
            new Model("m", Path.of("m.gguf"), "llama", 1, "Q4_0", 1, Optional.of("a".repeat(64)), Optional.empty());
    private static final Script ONE_TURN = script(new Request.Tokens(64, 32, 0));

    private static final String BY_WORDS = """
            about: An engine by words
            command: ["{tool:toy}", -m, "{model}", "{settings}", -p, "{prompt_tokens}", -n, "{generate}", -o, "{events}"]
            environment:
              LD_LIBRARY_PATH: "{bundle}/lib"
            settings:
              threads: [-t, "{value}"]
              flash_attention: {"true": [-fa], "false": []}
            defaults:
              threads: "{device:cores}"
            """;

    private static final String BY_REQUEST = """
            about: An engine by request
            bundle: false
            command: ["{device:python}", toy.py, "{request}"]
            settings:
              threads: request
              seed: [--seed, "{value}"]
            can: [prompts, tokens, chat]
            """;

    @TempDir
    Path folder;

    private EngineAdapter engine(String yaml) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("engines")).resolve("toy.yaml"), yaml);
        return engines().named("toy");
    }

    private Engines engines() {
        return Engines.installed(Bundles.NONE, new ConfigFiles(List.of(folder)));
    }

    private static Script script(Request... turns) {
        return Script.once(List.of(new Conversation(0, false, List.of(turns))));
    }

    private static Bundle bundle(String sha256) {
        return new Bundle(
                "toy-1",
                "toy",
                "1",
                "any",
                "cpu",
                sha256,
                List.of(new Bundle.BundleFile("bin/toy", Path.of("toy"), "c".repeat(64), true)),
                Map.of("TOY", "{bundle}"),
                Map.of());
    }

    private static EngineJob job(Script script, String... settings) {
        return new EngineJob(MODEL, bundle("b".repeat(64)), Settings.parse(List.of(settings)), script, false);
    }

    private static Optional<Problem> refusal(EngineAdapter engine, EngineJob job) {
        return engine.refuse(job.with(engine.complete(job, DEVICE)), DEVICE);
    }

    @Test
    void fillsTheCommandWithWhatTheJobNeeds() throws IOException {
        EngineAdapter engine = engine(BY_WORDS);
        EngineJob job = job(ONE_TURN, "flash_attention=true");

        Invocation invocation = engine.invocation(job.with(engine.complete(job, DEVICE)), DEVICE, PLACE);

        assertThat(invocation.command())
                .containsExactly(
                        "/w/store/b/bin/toy",
                        "-m",
                        "/w/store/a/m.gguf",
                        "-t",
                        "8",
                        "-fa",
                        "-p",
                        "64",
                        "-n",
                        "32",
                        "-o",
                        "events.jsonl");
        assertThat(invocation.environment())
                .containsEntry("LD_LIBRARY_PATH", "/w/store/b/lib")
                .containsEntry("TOY", "/w/store/b")
                .containsEntry("LC_ALL", "C");
        assertThat(invocation.inputs()).isEmpty();
    }

    @Test
    void handsOverARequestWithTheSettingsThatTravelInIt() throws IOException {
        EngineAdapter engine = engine(BY_REQUEST);
        Script talk = Script.once(List.of(
                new Conversation(0, true, List.of(new Request.Text("Hello", 4), new Request.Text("And now?", 4)))));

        Invocation invocation = engine.invocation(job(talk, "threads=2", "seed=7"), DEVICE, PLACE);

        assertThat(invocation.command()).containsExactly("/usr/bin/python3", "toy.py", "request.json", "--seed", "7");
        assertThat(invocation.inputs().get("request.json"))
                .contains("\"settings\":{\"threads\":2}", "\"prompt\":\"And now?\"", "/w/store/a/m.gguf");
    }

    @Test
    void refusesASettingWithoutAWay() throws IOException {
        assertThat(refusal(engine(BY_WORDS), job(ONE_TURN, "context=512")))
                .map(Problem::finding)
                .contains("it has no way for context");
        assertThat(refusal(engine(BY_WORDS), job(ONE_TURN, "threads=3"))).isEmpty();
    }

    @Test
    void refusesAValueThatIsNotListed() throws IOException {
        String yaml = BY_REQUEST.replace("threads: request", "backend: {cpu: [], gpu: [-g]}");

        assertThat(refusal(engine(yaml), job(ONE_TURN, "backend=npu")))
                .map(Problem::remedy)
                .contains("it takes cpu, gpu");
        assertThat(refusal(engine(yaml), job(ONE_TURN, "backend=gpu"))).isEmpty();
    }

    @Test
    void refusesWorkThatItDoesNotSayItCan() throws IOException {
        Script deep = script(new Request.Tokens(8, 8, 512));

        assertThat(refusal(engine(BY_REQUEST), job(deep)))
                .map(Problem::expectation)
                .contains("tokens in the context before a turn asked for");
        assertThat(refusal(engine(BY_WORDS), job(script(new Request.Text("Hello", 4)))))
                .map(Problem::expectation)
                .contains("prompts of text asked for");
    }

    @Test
    void refusesSeveralTurnsWithoutARequest() throws IOException {
        assertThat(refusal(engine(BY_WORDS), job(script(new Request.Tokens(8, 8, 0), new Request.Tokens(9, 8, 0)))))
                .map(Problem::finding)
                .contains("2 turns asked for");
    }

    @Test
    void refusesABundleWithoutItsTool() throws IOException {
        assertThat(refusal(engine(BY_WORDS.replace("tool:toy", "tool:toy-cli")), job(ONE_TURN)))
                .map(Problem::finding)
                .contains("bundle toy-1 has none of that name");
    }

    @Test
    void anotherCommandIsAnotherBuild() throws IOException {
        Bundles bundles = new Bundles(List.of(bundle("b".repeat(64))), Optional.empty());
        String before = engine(BY_WORDS).bundle(DEVICE, bundles).sha256();

        assertThat(engine(BY_WORDS).bundle(DEVICE, bundles).sha256()).isEqualTo(before);
        assertThat(engine(BY_WORDS + "tools: [toy]\n").bundle(DEVICE, bundles).sha256())
                .isNotEqualTo(before);
        assertThat(engine(BY_REQUEST).bundle(DEVICE, Bundles.NONE).files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{model}' | '{modle}' | did you mean {model}",
                "threads: [ | thread: [ | did you mean threads",
                "'threads: \"{device:cores}\"' | 'context: 512' | there is no way for context",
                "about: An engine by words | aboot: x | about",
            })
    void complainsWithFileAndLine(String right, String wrong, String complaint) {
        assertThatThrownBy(() -> engine(BY_WORDS.replace(right, wrong)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("toy.yaml:")
                .hasMessageContaining(complaint);
    }

    @Test
    void isFoundByNameWithoutReadingOtherFiles() throws IOException {
        engine(BY_WORDS);
        Files.writeString(folder.resolve("engines/broken.yaml"), "about: [");

        assertThat(engines().named("toy").describe()).isEqualTo("An engine by words");
        assertThat(engines().names()).contains("toy", "broken");
        assertThatThrownBy(() -> engines().named("toi")).hasMessageContaining("did you mean toy?");
        assertThat(Engines.source(engines().named("toy")))
                .isEqualTo(folder.resolve("engines/toy.yaml").toString());
    }
}
