package dev.melt.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    private static final String TURN =
            "'conversations':[{'id':0,'turns':[{'turn':0,'prompt_tokens':40,'generate':1}]}]";

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makeModel() {
        model = RandomModel.small().writeTo(folder.resolve("m.gguf"));
    }

    private TestingWorker.Result run(String settings, String... before) {
        return new TestingWorker(folder).run("{'model':'m.gguf','settings':{" + settings + "}," + TURN + "}", before);
    }

    private static void assertFailed(TestingWorker.Result result, String kind, int exitCode, String message) {
        assertThat(result.exitCode()).as(result.errors()).isEqualTo(exitCode);
        assertThat(result.only("error").requiredText("kind")).isEqualTo(kind);
        assertThat(result.only("error").requiredText("message")).contains(message);
        Fields last = result.events().get(result.events().size() - 1);
        assertThat(last.requiredText("e")).isEqualTo("end");
        assertThat(last.flag("ok", true)).isFalse();
    }

    @Test
    void aMissingModel() throws IOException {
        Files.delete(model);
        assertFailed(run(""), "model_missing", 3, "no such file");
    }

    @Test
    void aFileThatIsNoModel() throws IOException {
        Files.writeString(model, "hello, I am a text that is longer than any header");
        assertFailed(run(""), "model_corrupt", 3, "not a GGUF file");
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.write(model, new byte[0]);
        assertFailed(run(""), "model_corrupt", 3, "not a GGUF file");
    }

    @ParameterizedTest
    @CsvSource({"20", "500", "60000"})
    void aTruncatedModel(int length) throws IOException {
        Files.write(model, Arrays.copyOf(Files.readAllBytes(model), length));
        assertFailed(run(""), "model_corrupt", 3, "m.gguf");
    }

    @Test
    void anUnknownArchitecture() throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        int at = indexOf(bytes, "llama");
        bytes[at] = 'x';
        Files.write(model, bytes);
        assertFailed(run(""), "model_unsupported", 3, "xlama");
    }

    private static int indexOf(byte[] bytes, String text) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.indexOf(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'nonsense':1 | request.settings.nonsense: unknown",
                "'threads':0 | request.settings.threads: expected a whole number from 1",
                "'cache_type_k':'q9' | request.settings.cache_type_k: expected one of",
                "'cache_type_v':'q8_0' | needs flash_attention",
                "'temperature':-1 | request.settings.temperature",
                "'batch':8,'ubatch':9 | settings.ubatch"
            },
            quoteCharacter = '"')
    void aBadOption(String settings, String message) {
        assertFailed(run(settings), "bad_option", 2, message);
    }

    @Test
    void aPromptLongerThanTheContext() {
        TestingWorker.Result result = run("'context':32");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.only("error").requiredText("kind")).isEqualTo("prompt_too_long");
        assertThat(result.only("end").flag("ok", true)).isFalse();
    }

    @Test
    void aContextThatNoMachineHoldsIsRefusedBeforeItIsAllocated() {
        RandomModel.steady().writeTo(model);
        assertFailed(
                run("'context':9999999,'cache_type_k':'f32','cache_type_v':'f32'"), "out_of_memory", 4, "MiB needed");
    }

    @Test
    void memoryThatTheSystemRefuses() {
        RandomModel.steady().writeTo(model);
        assertFailed(run("'context':400000", "prlimit", "--as=3800000000"), "out_of_memory", 4, "failed to allocate");
    }

    @Test
    void aRequestThatIsNoJson() {
        TestingWorker.Result result = new TestingWorker(folder).run("{'model':");
        assertFailed(result, "bad_option", 2, "line 1");
    }

    @Test
    void theEngineIsNamedEvenIfTheModelCannotBeLoaded() throws IOException {
        Files.write(model, Arrays.copyOf(Files.readAllBytes(model), 60000));
        assertThat(run("").only("engine").requiredText("version")).isEqualTo("b4916");
    }
}
