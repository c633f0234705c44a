package dev.melt.engines.genie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenieCommandTest {
    private static final Device DEVICE = Jobs.device(Platform.ANDROID);
    private final GenieAdapter genie = new GenieAdapter();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.writeString(folder.resolve("model/genie_config.json"), """
                {"dialog": {"version": 1, "type": "basic", "context": {"version": 1, "size": 2048},
                 "sampler": {"seed": 7, "temp": 0.8}, "engine": {"n-threads": 3}}}
                """);
    }

    private Bundle bundle() {
        return Jobs.bundle("genie", "npu", folder, "bin/genie-t2t-run", "lib/libGenie.so", "model/genie_config.json");
    }

    private Optional<String> refusal(Script script, String... settings) {
        EngineJob job = Jobs.job(bundle(), script, settings);
        return genie.refuse(job.with(genie.complete(job, DEVICE)), DEVICE).map(Problem::message);
    }

    @Test
    void putsWhatWasAskedIntoACopyOfTheConfiguration() {
        EngineJob job =
                Jobs.job(bundle(), Jobs.texts(32, "Hi"), "seed=5", "temperature=0.5", "threads=4", "context=1024");
        Invocation invocation = genie.invocation(job, DEVICE, Jobs.PLACEMENT);
        assertThat(invocation.inputs().get("config.0.json"))
                .contains("\"max-num-tokens\" : 32")
                .contains("\"seed\" : 5")
                .contains("\"temp\" : 0.5")
                .contains("\"n-threads\" : 4")
                .contains("\"size\" : 1024");
        assertThat(invocation.inputs()).containsEntry("prompt.0.txt", "Hi");
    }

    @Test
    void runsOneProcessATurnInTheModelsFolder() {
        Invocation invocation = genie.invocation(Jobs.job(bundle(), Jobs.texts(8, "a", "b")), DEVICE, Jobs.PLACEMENT);
        assertThat(invocation.command()).containsExactly("sh", "turns.sh");
        assertThat(invocation.inputs().get("turns.sh"))
                .contains("cd /device/store/bundle/model ")
                .contains("begin 1 /dev/null\nrun /device/store/bundle/bin/genie-t2t-run -c \"$TRIAL\"/config.1.json");
        assertThat(invocation.environment())
                .containsEntry("ADSP_LIBRARY_PATH", "/device/store/bundle/lib")
                .containsEntry("OWN", "/device/store/bundle/x");
    }

    @Test
    void leavesOutTheTurnsThatAreFinished() {
        EngineJob fresh = Jobs.job(bundle(), Jobs.texts(8, "a", "b"));
        TreeMap<Integer, List<Integer>> finished = new TreeMap<>();
        finished.put(0, List.of());
        EngineJob resumed =
                new EngineJob(fresh.model(), fresh.bundle(), fresh.settings(), fresh.script(), false, finished);
        assertThat(genie.invocation(resumed, DEVICE, Jobs.PLACEMENT).inputs())
                .containsKey("prompt.1.txt")
                .doesNotContainKey("prompt.0.txt");
    }

    @Test
    void takesAJobThatItCanDo() {
        assertThat(refusal(Jobs.texts(8, "a"), "context=2048", "backend=npu")).isEmpty();
    }

    @Test
    void refusesALongerContextThanTheModelWasCompiledFor() {
        assertThat(refusal(Jobs.texts(8, "a"), "context=2049").orElseThrow()).contains("at most 2048 tokens");
    }

    @Test
    void refusesSettingsThatItCannotBeTold() {
        assertThat(refusal(Jobs.texts(8, "a"), "chunk_length=128").orElseThrow())
                .isEqualTo(
                        "[dev] engine genie: settings that it can be told expected, chunk_length=128 found; it was fixed "
                                + "when the model was compiled; take a bundle that was compiled so");
        assertThat(refusal(Jobs.texts(8, "a"), "backend=cpu").orElseThrow()).contains("backend npu expected");
    }

    @Test
    void refusesWorkloadsThatItCannotDo() {
        assertThat(refusal(Jobs.tokens(16, 4, 0)).orElseThrow()).contains("prompts of text expected");
        assertThat(refusal(Jobs.texts(true, 8, "a")).orElseThrow()).contains("chat template");
        Script fourTimes = new Script(Jobs.texts(8, "a").conversations(), Optional.empty(), OptionalInt.of(4));
        assertThat(refusal(fourTimes)).isEmpty();
    }

    @Test
    void refusesAModelThatTheBundleDoesNotHold() {
        Bundle other = Jobs.bundle("genie", "npu", folder, "bin/genie-t2t-run");
        EngineJob job = Jobs.job(other, Jobs.texts(8, "a"));
        assertThat(genie.refuse(job, DEVICE).orElseThrow().message()).contains("genie_config.json expected");
    }

    @Test
    void refusesADialogOfAnotherType() throws IOException {
        Files.writeString(
                folder.resolve("model/genie_config.json"),
                "{\"dialog\": {\"type\": \"lade\", \"context\": {\"size\": 9}}}");
        assertThat(refusal(Jobs.texts(8, "a")).orElseThrow()).contains("basic dialog expected, type lade found");
    }
}
