package dev.melt.embedded;

import static dev.melt.embedded.TestingWorker.decimal;
import static dev.melt.embedded.TestingWorker.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTest {
    @TempDir
    Path folder;

    private TestingWorker.Result run(int batch, String questions) {
        RandomModel.small().writeTo(folder.resolve("m.gguf"));
        return new TestingWorker(folder)
                .run("{'model':'m.gguf','settings':{'threads':1,'context':256,'ubatch':8,'batch':" + batch
                        + "},'score':[" + questions + "]}");
    }

    @Test
    void scoresTheContinuationOnly() {
        Fields score =
                run(256, "{'id':4,'context':'one two','continuation':' yes'}").only("score");

        // begin token, the blank that stands before a text, and the bytes of each
        assertThat(number(score, "id")).isEqualTo(4);
        assertThat(number(score, "context_tokens")).isGreaterThan(7);
        assertThat(number(score, "continuation_tokens")).isGreaterThanOrEqualTo(4);
        assertThat(decimal(score, "logprob")).isNegative();
        assertThat(((List<?>) score.value("token_logprobs").orElseThrow())
                        .stream()
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .sum())
                .isCloseTo(decimal(score, "logprob"), within(1e-9));
    }

    @Test
    void blanksAtTheEndOfTheContextBelongToTheContinuation() {
        TestingWorker.Result result = run(
                256, "{'id':0,'context':'one ','continuation':'yes'},{'id':1,'context':'one','continuation':' yes'}");

        assertThat(decimal(result.all("score").get(0), "logprob"))
                .isEqualTo(decimal(result.all("score").get(1), "logprob"));
    }

    @ParameterizedTest
    @ValueSource(ints = {'\t', 0x85, 0xA0, 0x2003, 0x3000})
    void whatIsBlankIsWhatPythonCallsSo(int blank) {
        String text = Character.toString(blank).replace("\t", "\\t");
        TestingWorker.Result result = run(
                256,
                "{'id':0,'context':'one" + text + "','continuation':'yes'},{'id':1,'context':'one','continuation':'"
                        + text + "yes'}");

        assertThat(number(result.all("score").get(0), "context_tokens"))
                .isEqualTo(number(result.all("score").get(1), "context_tokens"));
    }

    @Test
    void batchesDoNotChangeAScore() {
        String question = "{'id':0,'context':'a longer context than one batch','continuation':' and a longer answer'}";

        assertThat(decimal(run(8, question).only("score"), "logprob"))
                .isCloseTo(decimal(run(256, question).only("score"), "logprob"), within(1e-3));
    }

    @Test
    void aContextThatDoesNotFitIsCutAtItsBeginning() {
        Fields score = run(256, "{'id':0,'context':'" + "x".repeat(400) + "','continuation':'yz'}")
                .only("score");

        assertThat(score.flag("truncated", false)).isTrue();
        assertThat(number(score, "context_tokens") + number(score, "continuation_tokens"))
                .isEqualTo(257);
    }

    @Test
    void anEmptyContextIsTheBeginToken() {
        Fields score = run(256, "{'id':0,'context':'','continuation':'yes'}").only("score");

        assertThat(number(score, "context_tokens")).isEqualTo(1);
    }

    private TestingWorker.Result file(String... lines) throws IOException {
        RandomModel.small().writeTo(folder.resolve("m.gguf"));
        Files.writeString(folder.resolve("q.jsonl"), String.join("\n", lines).replace('\'', '"'));
        return new TestingWorker(folder)
                .run("{'model':'m.gguf','settings':{'threads':1,'context':256},'score_file':'q.jsonl'}");
    }

    @Test
    void pairsContextsAndContinuationsOfALineAndNumbersThemOn() throws IOException {
        TestingWorker.Result result = file(
                "{'id':4,'contexts':['one two'],'continuations':[' yes',' no']}",
                "",
                "{'id':6,'contexts':['one two','one six'],'continuations':[' yes']}");

        assertThat(result.all("score").stream().map(score -> number(score, "id")))
                .containsExactly(4L, 5L, 6L, 7L);
        assertThat(decimal(result.all("score").get(0), "logprob"))
                .isEqualTo(decimal(result.all("score").get(2), "logprob"))
                .isCloseTo(
                        decimal(
                                run(256, "{'id':0,'context':'one two','continuation':' yes'}")
                                        .only("score"),
                                "logprob"),
                        within(1e-9));
    }

    @Test
    void whatAContextSharesWithTheOneBeforeChangesNoScore() throws IOException {
        TestingWorker.Result result = file(
                "{'id':0,'contexts':['one two'],'continuations':[' three',' thread']}",
                "{'id':2,'contexts':['one two'],'continuations':[' thread']}");

        assertThat(decimal(result.all("score").get(1), "logprob"))
                .isCloseTo(decimal(result.all("score").get(2), "logprob"), within(1e-3));
    }

    @Test
    void refusesALineThatIsNotAQuestionWithItsNumber() throws IOException {
        TestingWorker.Result result = file(
                "{'id':0,'contexts':['a'],'continuations':['b']}",
                "{'id':1,'contexts':['a','b'],'continuations':['c','d','e']}");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("q.jsonl:2.contexts: expected as many as continuations, or one");
    }

    @Test
    void aQuestionThatDoesNotFitIsNamedAndTheRestGoesOn() throws IOException {
        TestingWorker.Result result = file("{'id':0,'contexts':['a'],'continuations':['" + "x".repeat(300) + "','b']}");

        assertThat(number(result.only("error"), "score")).isZero();
        assertThat(number(result.only("score"), "id")).isEqualTo(1);
        assertThat(result.exitCode()).isZero();
    }
}
