package dev.melt.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Settings;
import dev.melt.core.model.Model;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingLimitsTest {
    private static final Bundle BUNDLE =
            new Bundle("embedded", "embedded", "b4916", "jvm", "cpu", "0".repeat(64), List.of(), Map.of(), Map.of());

    private static Script tokens(int depth, int prompt, int generate) {
        return Script.once(List.of(new Conversation(0, false, List.of(new Request.Tokens(prompt, generate, depth)))));
    }

    private static Optional<String> finding(Script script, String... settings) {
        return new SettingLimits(Settings.parse(List.of(settings)))
                .problem(script)
                .map(Problem::finding);
    }

    @ParameterizedTest
    @CsvSource({
        "threads=512, threads=513",
        "threads_batch=512, threads_batch=513",
        "batch=64, batch=63",
        "context=32, context=31",
        "seed=0, seed=-1",
        "seed=2147483647, seed=2147483648",
        "temperature=100, temperature=100.1",
        "top_p=1, top_p=1.01",
        "repeat_penalty=0.01, repeat_penalty=0",
        "cache_type_k=q8_0, cache_type_k=q8",
    })
    void standsOnBothSidesOfEachBound(String good, String bad) {
        Script script = tokens(0, 1, 1);

        assertThat(finding(script, good)).isEmpty();
        assertThat(finding(script, bad)).hasValue("found " + bad.substring(bad.indexOf('=') + 1));
    }

    @Test
    void aMicroBatchMayBeAsLargeAsTheBatch() {
        assertThat(finding(tokens(0, 1, 1), "batch=128", "ubatch=128")).isEmpty();
        assertThat(finding(tokens(0, 1, 1), "batch=128", "ubatch=129")).isPresent();
    }

    @Test
    void quantisedValuesNeedFlashAttention() {
        assertThat(finding(tokens(0, 1, 1), "cache_type_v=q8_0")).isPresent();
        assertThat(finding(tokens(0, 1, 1), "cache_type_v=q8_0", "flash_attention=true"))
                .isEmpty();
        assertThat(finding(tokens(0, 1, 1), "cache_type_v=f32")).isEmpty();
    }

    @Test
    void depthPromptAndAnswerMustFitIntoTheContext() {
        assertThat(finding(tokens(20, 10, 10), "context=40")).isEmpty();
        assertThat(finding(tokens(20, 10, 11), "context=40")).hasValue("found 40");
        assertThat(finding(tokens(0, 0, 32), "context=32"))
                .as("with the token that it starts from")
                .isPresent();
    }

    @Test
    void refusesADeviceWithoutAJavaMachine() {
        Device bare = new Device("board", Platform.LINUX, "1", false, Map.of());
        Model model = new Model("m", Path.of("/none.gguf"), "llama", 1, "Q4_0", 1, Optional.empty(), Optional.empty());

        assertThat(new EmbeddedEngine()
                        .refuse(new EngineJob(model, BUNDLE, Settings.NONE, tokens(0, 1, 1), false), bare))
                .hasValueSatisfying(problem -> assertThat(problem.message())
                        .isEqualTo(
                                "[board] engine embedded: a Java machine on the device needed, none found on its PATH; "
                                        + "install a JRE 17 there, or use another engine"));
    }
}
