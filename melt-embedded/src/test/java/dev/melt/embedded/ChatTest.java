package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTest {
    private static final String ZEPHYR = "{% for m in messages %}<|user|>\n<|endoftext|>{% endfor %}";

    @TempDir
    Path folder;

    private TestingWorker.Result run(RandomModel model, int context, String conversations) {
        model.writeTo(folder.resolve("m.gguf"));
        return new TestingWorker(folder)
                .run("{'model':'m.gguf','settings':{'threads':1,'ignore_eos':true,'context':" + context
                        + "},'conversations':[" + conversations + "]}");
    }

    private static String turn(int number, String prompt, int generate) {
        return "{'turn':" + number + ",'prompt':'" + prompt + "','generate':" + generate + "}";
    }

    @Test
    void laterTurnsEvaluateOnlyWhatIsNew() {
        TestingWorker.Result result = run(
                RandomModel.small(),
                1024,
                "{'id':0,'chat':true,'turns':[" + turn(0, "one two", 8) + "," + turn(1, "three", 4) + "]}");

        List<Fields> prefills = result.all("prefill");
        long first = number(prefills.get(0), "tokens");
        assertThat(number(prefills.get(0), "cached")).isZero();
        // the answer's last token was not evaluated in the first turn, and is due in the second
        assertThat(number(prefills.get(1), "cached")).isEqualTo(first + 7);
        assertThat(result.all("turn").get(0).requiredText("template")).isEqualTo("chatml");
    }

    @Test
    void theModelsOwnTemplateIsTaken() {
        TestingWorker.Result result = run(
                RandomModel.small().withTemplate(ZEPHYR),
                1024,
                "{'id':0,'chat':true,'turns':[" + turn(0, "one two", 1) + "]}");

        assertThat(result.only("turn").requiredText("template")).isEqualTo("model");
    }

    @Test
    void anUnknownTemplateFallsBackToChatMl() {
        TestingWorker.Result result = run(
                RandomModel.small().withTemplate("no such thing"),
                1024,
                "{'id':0,'chat':true,'turns':[" + turn(0, "one two", 1) + "]}");

        assertThat(result.only("turn").requiredText("template")).isEqualTo("chatml");
    }

    @Test
    void aRestoredConversationGoesOnAsTheUnbrokenOne() {
        TestingWorker.Result whole = run(
                RandomModel.small(),
                1024,
                "{'id':0,'chat':true,'turns':[" + turn(0, "one two", 8) + "," + turn(1, "three", 12) + "]}");
        TestingWorker.Result resumed = run(
                RandomModel.small(),
                1024,
                "{'id':0,'chat':true,'restore':[{'prompt':'one two','ids':" + whole.ids(0) + "}],'turns':["
                        + turn(1, "three", 12) + "]}");

        assertThat(resumed.ids(1)).isEqualTo(whole.ids(1)).hasSize(12);
        assertThat(number(resumed.only("prefill"), "cached"))
                .isEqualTo(number(whole.all("prefill").get(1), "cached"));
    }

    @Test
    void aConversationThatOutgrowsTheContextEndsAndTheNextOneRuns() {
        TestingWorker.Result result = run(
                RandomModel.small(),
                256,
                "{'id':0,'chat':true,'turns':[" + turn(0, "one", 100) + "," + turn(1, "two", 100) + ","
                        + turn(2, "x".repeat(100), 1) + "," + turn(3, "three", 1) + "]},"
                        + "{'id':1,'chat':true,'turns':[" + turn(4, "four", 1) + "]}");

        assertThat(result.exitCode()).isZero();
        assertThat(result.all("error").stream().map(error -> number(error, "turn")))
                .containsExactly(2L, 3L);
        assertThat(result.all("error").get(0).requiredText("kind")).isEqualTo("prompt_too_long");
        assertThat(result.all("turn_end").stream().map(end -> number(end, "turn")))
                .containsExactly(0L, 1L, 4L);
    }
}
