package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.decimal;
import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTest {
    @TempDir
    Path folder;

    private TestingWorker worker;

    @BeforeEach
    void makeModel() {
        RandomModel.small().writeTo(folder.resolve("m.gguf"));
        worker = new TestingWorker(folder);
    }

    private TestingWorker.Result run(String settings, String turns) {
        String context = settings.contains("'context'") ? "" : "'context':256,";
        TestingWorker.Result result = worker.run("{'model':'m.gguf','settings':{" + context + "'threads':1" + settings
                + "},'conversations':[{'id':0,'turns':[" + turns + "]}]}");
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return result;
    }

    @Test
    void writesTheLinesOfATurnInOrder() {
        TestingWorker.Result result = run(",'ignore_eos':true", "{'turn':5,'prompt':'some words','generate':2}");

        assertThat(result.events().stream().map(event -> event.requiredText("e")))
                .containsExactly(
                        "engine",
                        "load",
                        "model",
                        "memory",
                        "turn",
                        "tokenize",
                        "prefill",
                        "token",
                        "token",
                        "perf",
                        "turn_end",
                        "end");
        assertThat(number(result.only("turn_end"), "generated")).isEqualTo(2);
        assertThat(result.only("turn_end").requiredText("stop")).isEqualTo("length");
        assertThat(result.only("end").flag("ok", false)).isTrue();
        assertThat(result.only("model").flag("synthetic", false)).isTrue();
    }

    @Test
    void timesFollowEachOtherWithinATurn() {
        TestingWorker.Result result = run(",'ignore_eos':true", "{'turn':0,'prompt':'some words','generate':3}");

        Fields prefill = result.only("prefill");
        List<Fields> tokens = result.all("token");
        assertThat(List.of(
                        number(result.only("load"), "start"),
                        number(result.only("load"), "end"),
                        number(result.only("turn"), "start"),
                        number(result.only("tokenize"), "end"),
                        number(prefill, "end"),
                        number(tokens.get(0), "end"),
                        number(tokens.get(1), "logits"),
                        number(tokens.get(1), "end"),
                        number(tokens.get(2), "end")))
                .isSorted();
        assertThat(number(result.only("turn_end"), "end")).isEqualTo(number(tokens.get(2), "end"));
    }

    @Test
    void promptTokensCountTheBeginToken() {
        TestingWorker.Result result =
                run("", "{'turn':0,'prompt_tokens':64,'generate':0},{'turn':1,'prompt_tokens':1,'generate':0}");

        assertThat(result.all("prefill").stream().map(prefill -> number(prefill, "tokens")))
                .containsExactly(64L, 1L);
        assertThat(result.all("token")).isEmpty();
        assertThat(number(result.all("turn_end").get(0), "end"))
                .isEqualTo(number(result.all("prefill").get(0), "end"));
    }

    @Test
    void everyTurnOutsideAChatStartsEmpty() {
        TestingWorker.Result result = run(
                ",'ignore_eos':true",
                "{'turn':0,'prompt':'one two','generate':8},{'turn':1,'prompt':'one two','generate':8}");

        assertThat(result.ids(1)).isEqualTo(result.ids(0)).hasSize(8);
        assertThat(number(result.all("prefill").get(1), "cached")).isZero();
    }

    @Test
    void depthIsThereBeforeTheTurnAndIsNotTimed() {
        TestingWorker.Result result = run("", "{'turn':0,'prompt_tokens':16,'generate':0,'depth':100}");

        assertThat(number(result.only("depth"), "tokens")).isEqualTo(100);
        assertThat(number(result.only("prefill"), "cached")).isEqualTo(100);
        assertThat(number(result.only("prefill"), "tokens")).isEqualTo(16);
        assertThat(number(result.only("turn"), "start")).isGreaterThanOrEqualTo(number(result.only("depth"), "end"));
    }

    @Test
    void sampledAnswersFollowTheSeed() {
        String turn = "{'turn':0,'prompt':'one two','generate':24}";
        String sampled = ",'ignore_eos':true,'temperature':1.5,'top_k':0,'top_p':1,'min_p':0,'seed':";
        List<Long> first = run(sampled + "1", turn).ids(0);

        assertThat(run(sampled + "1", turn).ids(0)).isEqualTo(first);
        assertThat(run(sampled + "2", turn).ids(0)).isNotEqualTo(first);
    }

    @Test
    void anAnswerDoesNotDependOnTheTurnsBefore() {
        String sampled = ",'ignore_eos':true,'temperature':1.5,'top_k':0";
        String second = "{'turn':1,'prompt':'one two','generate':24}";
        List<Long> alone = run(sampled, second).ids(1);

        assertThat(run(sampled, "{'turn':0,'prompt':'three','generate':9}," + second)
                        .ids(1))
                .isEqualTo(alone);
    }

    @Test
    void anEndTokenEndsTheTurnUnlessItIsIgnored() {
        String turn = "{'turn':0,'prompt':'one two','generate':2000}";
        String hot = ",'temperature':90,'top_k':0,'top_p':1,'min_p':0,'context':2048,'seed':3";
        TestingWorker.Result free = run(hot, turn);
        TestingWorker.Result ignoring = run(hot + ",'ignore_eos':true", turn);

        assertThat(ignoring.ids(0)).hasSize(2000).doesNotContain(2L);
        assertThat(free.ids(0)).endsWith(2L);
        assertThat(free.only("turn_end").requiredText("stop")).isEqualTo("eos");
        assertThat(number(free.only("turn_end"), "generated")).isLessThan(2000);
    }

    @Test
    void generationStopsWhereTheContextIsFull() {
        TestingWorker.Result result = run(",'ignore_eos':true", "{'turn':0,'prompt_tokens':250,'generate':100}");

        // 250 tokens and the six that fit were evaluated; the logits behind the last gave a seventh
        assertThat(result.ids(0)).hasSize(7);
        assertThat(result.only("turn_end").requiredText("stop")).isEqualTo("context");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",'flash_attention':true",
                ",'cache_type_k':'q8_0'",
                ",'cache_type_k':'q8_0','cache_type_v':'q8_0','flash_attention':true",
                ",'cache_type_k':'f32','cache_type_v':'f32'",
                ",'mmap':false",
                ",'mlock':true",
                ",'batch':64,'ubatch':16",
                ",'warmup':false",
                ",'repeat_penalty':1.1",
                ",'threads_batch':2"
            })
    void settingsAreAppliedAndReadBack(String settings) {
        TestingWorker.Result result = run(settings, "{'turn':0,'prompt_tokens':40,'generate':4}");

        String effective = String.valueOf(result.only("engine").value("effective"));
        for (String setting : settings.substring(1).split(",", -1)) {
            String expected = setting.replace("'", "").replace(':', '=');
            if (!expected.equals("mlock=true")) { // the system may refuse it; then false is the truth
                assertThat(effective).contains(expected);
            }
        }
    }

    @Test
    void smallerBatchesGiveTheSameAnswer() {
        String turn = "{'turn':0,'prompt_tokens':100,'generate':8}";

        assertThat(run(",'batch':64,'ubatch':16", turn).ids(0))
                .isEqualTo(run("", turn).ids(0));
    }

    @Test
    void kvBytesFollowTheCacheTypes() {
        String turn = "{'turn':0,'prompt_tokens':4,'generate':0}";
        long wide = number(run("", turn).only("memory"), "kv_bytes");
        long narrow = number(run(",'cache_type_k':'q8_0'", turn).only("memory"), "kv_bytes");

        // 2 layers, 256 tokens, 32 keys and 32 values of two bytes each
        assertThat(wide).isEqualTo(2 * 256 * (32 + 32) * 2);
        assertThat(narrow).isEqualTo(2 * 256 * (34 + 64));
    }

    @Test
    void repeatsUntilTheNumberOfTurnsIsReached() {
        TestingWorker.Result result =
                worker.run("{'model':'m.gguf','settings':{'threads':1},'repeat':{'turns':5},'conversations':["
                        + "{'id':0,'turns':[{'turn':3,'prompt':'one','generate':1}]},"
                        + "{'id':1,'turns':[{'turn':7,'prompt':'two','generate':1}]}]}");

        assertThat(result.all("turn_end").stream().map(turn -> number(turn, "turn")))
                .containsExactly(3L, 7L, 8L, 9L, 10L);
        assertThat(result.all("turn").stream().map(turn -> number(turn, "conversation")))
                .containsExactly(0L, 1L, 0L, 1L, 0L);
    }

    @Test
    void repeatsUntilTheTimeIsOver() {
        TestingWorker.Result result =
                worker.run("{'model':'m.gguf','settings':{'threads':1},'repeat':{'seconds':0.5},'conversations':["
                        + "{'id':0,'turns':[{'turn':0,'prompt':'one','generate':4}]}]}");

        List<Fields> turns = result.all("turn");
        double spent = (number(turns.get(turns.size() - 1), "start") - number(turns.get(0), "start")) / 1e9;
        assertThat(turns).hasSizeGreaterThan(2);
        assertThat(spent).isLessThan(0.5);
        assertThat(decimal(result.only("load"), "bytes")).isPositive();
    }
}
