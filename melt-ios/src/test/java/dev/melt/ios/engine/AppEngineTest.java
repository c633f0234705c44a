package dev.melt.ios.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Settings;
import dev.melt.core.model.Model;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the engine in the app is asked for, and what it is known by. */
class AppEngineTest {
    private final AppEngine engine = new AppEngine();

    private static Device phone(String can, String version) {
        Map<String, String> facts = new HashMap<>(Map.of("engines", "app", AppEngine.BUNDLE, "dev.melt.agent"));
        facts.put(AppEngine.ENGINE, "llama.cpp");
        facts.put(AppEngine.VERSION, version);
        facts.put(AppEngine.CAN, can);
        return new Device("phone", Platform.IOS, "UDID", false, facts);
    }

    private EngineJob job(Device device, boolean chat, boolean perOperator, Request request) {
        return job(device, Script.once(List.of(new Conversation(0, chat, List.of(request)))), perOperator);
    }

    private EngineJob job(Device device, Script script, boolean perOperator) {
        Model model = new Model("m", Path.of("/m.gguf"), "llama", 1, "Q4_0", 1, Optional.of("00"), Optional.empty());
        Bundle bundle = engine.bundle(device, Bundles.NONE);
        return new EngineJob(model, bundle, Settings.NONE, script, perOperator);
    }

    @Test
    void aBuildIsKnownByWhatTheAppSaysOfItself() {
        Bundle bundle = engine.bundle(phone("", "b4916"), Bundles.NONE);

        assertThat(bundle.version()).isEqualTo("llama.cpp b4916");
        assertThat(bundle.files()).isEmpty();
        assertThat(bundle.sha256())
                .isEqualTo(engine.bundle(phone("chat", "b4916"), Bundles.NONE).sha256())
                .isNotEqualTo(engine.bundle(phone("", "b5000"), Bundles.NONE).sha256());
    }

    @Test
    void isOfNoUseOnADeviceWithoutTheApp() {
        Device board = new Device("board", Platform.LINUX, "1", false, Map.of());

        assertThatThrownBy(() -> engine.bundle(board, Bundles.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("an iPhone with MELT's app expected");
    }

    @Test
    void refusesWhatTheAppSaysThatItCannotDo() {
        Device plain = phone("repeat", "b4916");

        assertThat(engine.refuse(job(plain, false, false, new Request.Tokens(8, 4, 0)), plain))
                .isEmpty();
        assertThat(engine.refuse(job(plain, true, false, new Request.Text("hi", 4)), plain))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("an app that can chat expected"));
        assertThat(engine.refuse(job(plain, false, false, new Request.Tokens(8, 4, 64)), plain))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("can depth expected"));
    }

    @Test
    void examinesOnlyWithAnAppThatScores() {
        Script choices = Script.of(new Examination.Choices(
                "sample",
                0,
                List.of(new Item(
                        "", List.of("The sky is"), List.of(" blue", " green"), new Grading.Best(0, List.of())))));
        Script text = Script.of(new Examination.Prose("text", "Once there was a sea.", 64, OptionalInt.empty()));
        Device plain = phone("chat score", "b4916");
        Device able = phone("score_file text", "b4916");

        assertThat(engine.refuse(job(plain, choices, false), plain))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("can score_file expected"));
        assertThat(engine.refuse(job(plain, text, false), plain))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("can text expected"));
        assertThat(engine.refuse(job(able, choices, false), able)).isEmpty();
        assertThat(engine.refuse(job(able, text, false), able)).isEmpty();
        Placement placement = new Placement("../../store/00/m.gguf", "", Optional.of("../../store/01/b.gguf"));
        assertThat(engine.invocation(job(able, choices, false), able, placement).inputs())
                .hasEntrySatisfying(
                        "request.json", request -> assertThat(request).contains("questions.jsonl"))
                .hasEntrySatisfying(
                        "questions.jsonl", lines -> assertThat(lines).contains("The sky is"));
        assertThat(engine.invocation(job(able, text, false), able, placement).inputs())
                .hasEntrySatisfying(
                        "request.json", request -> assertThat(request).contains("\"base\":\"../../store/01/b.gguf\""))
                .containsEntry("text.txt", "Once there was a sea.");
    }

    @Test
    void asksForOperatorsOnlyAnAppThatTimesThem() {
        for (String can : List.of("", "per_op", "per_op per_op")) {
            Device device = phone(can, "b4916");
            EngineJob job = job(device, false, true, new Request.Tokens(8, 4, 0));

            Map<String, String> inputs = engine.invocation(
                            job.with(engine.complete(job, device)), device, new Placement("../../store/00/m.gguf", ""))
                    .inputs();

            assertThat(inputs.get("request.json"))
                    .contains("\"model\":\"../../store/00/m.gguf\"")
                    .contains("\"per_op\":" + can.startsWith("per_op"));
        }
    }
}
