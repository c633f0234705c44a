package dev.melt.core.model.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SmallShapes;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPullTest {
    private static final ModelPull.Pace QUICK = new ModelPull.Pace(Duration.ofMillis(5), Duration.ofMillis(300));

    @TempDir
    Path folder;

    @TempDir
    Path sources;

    private byte[] content = new byte[0];
    private TestingHub hub = new TestingHub(content);
    private Path target = Path.of("unset");

    @BeforeEach
    void serve() throws IOException {
        hub.close();
        content = model(1);
        hub = new TestingHub(content);
        target = folder.resolve("pulled.gguf");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void fetchesAFileFromTheHubWithTheToken() {
        pull("hf:org/repo/sub/model.gguf", Optional.empty());

        assertThat(target).hasBinaryContent(content);
        assertThat(hub.header(0, "Authorization")).contains("Bearer secret");
        assertOnlyTargetIsThere();
    }

    @Test
    void goesOnWhereTheConnectionBroke() {
        hub.thenBreakAfter(10_000);

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(target).hasBinaryContent(content);
        assertThat(hub.header(1, "Range"))
                .hasValueSatisfying(range -> assertThat(range).startsWith("bytes="));
        assertThat(hub.header(1, "If-range")).contains("\"one\"");
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() throws IOException {
        hub.thenBreakAfter(10_000).thenStatus(404);
        assertThatThrownBy(() -> pull(hub.url() + "/model.gguf", Optional.empty()))
                .isInstanceOf(InvalidInputException.class);
        long kept = Files.size(folder.resolve("pulled.gguf.part"));

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(hub.header(2, "Range")).contains("bytes=" + kept + "-");
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void beginsAgainWhenTheServerIgnoresTheRange() {
        hub.thenBreakAfter(10_000).then((exchange, all) -> {
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all);
        });

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void beginsAgainWhenTheFileOnTheServerChanged() throws IOException {
        byte[] newer = model(2);
        hub.thenBreakAfter(10_000).then((exchange, all) -> {
            hub.change(newer, "\"two\"");
            hub.serveWell(exchange);
        });

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(target).hasBinaryContent(newer);
    }

    @Test
    void doesNotJoinTwoFilesWhenTheServerIgnoresTheCondition() throws IOException {
        byte[] newer = model(2);
        hub.thenBreakAfter(10_000).then((exchange, all) -> {
            hub.change(newer, "\"two\"");
            exchange.getRequestHeaders().remove("If-Range");
            hub.serveWell(exchange);
        });

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(target).hasBinaryContent(newer);
    }

    @Test
    void doesNotGoOnWithAPartOfAnotherAddress() throws IOException {
        Files.write(folder.resolve("pulled.gguf.part"), new byte[5000]);

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(hub.header(0, "Range")).isEmpty();
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void triesAgainWhenTheServerIsBusy() {
        hub.thenStatus(503).thenStatus(429);

        pull(hub.url() + "/model.gguf", Optional.empty());

        assertThat(target).hasBinaryContent(content);
        assertThat(hub.requests()).hasSize(3);
    }

    @Test
    void givesUpAConnectionOnWhichNothingComes() {
        CountDownLatch end = new CountDownLatch(1);
        hub.then((exchange, all) -> {
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all, 0, 5000);
            exchange.getResponseBody().flush();
            awaitQuietly(end);
        });

        pull(hub.url() + "/model.gguf", Optional.empty());
        end.countDown();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void saysWhatToDoWhenTheServerRefuses() {
        hub.thenStatus(401).thenStatus(404);

        assertThatThrownBy(() -> pull(hub.url() + "/model.gguf", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("HF_TOKEN");
        assertThatThrownBy(() -> pull(hub.url() + "/model.gguf?signature=hidden", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("404")
                .hasMessageNotContaining("hidden");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void endsAtTheDeadlineAndKeepsWhatCame() {
        for (int i = 0; i < 500; i++) {
            hub.thenBreakAfter(3_000);
        }
        ModelPull.Request request = new ModelPull.Request(
                address(hub.url() + "/model.gguf"), target, Optional.empty(), Duration.ofMillis(200));

        assertThatThrownBy(() -> new ModelPull(QUICK).pull(request, ByteProgress.NONE))
                .isInstanceOf(PullFailedException.class)
                .hasMessageContaining("pull again");
        assertThat(target).doesNotExist();
        assertThat(folder.resolve("pulled.gguf.part")).exists();
    }

    @Test
    void checksTheDigestThatAPersonGave() throws IOException {
        String digest = Sha256.of(source(1), ByteProgress.NONE);
        pull(hub.url() + "/model.gguf", Optional.of(digest));
        assertThat(target).hasBinaryContent(content);

        assertThatThrownBy(() -> pull(hub.url() + "/model.gguf", Optional.of("0".repeat(64))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sha256 " + "0".repeat(64) + " expected, " + digest + " came");
    }

    @Test
    void checksTheDigestThatTheHubLinks() {
        hub.then((exchange, all) -> {
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + "a".repeat(64) + "\"");
            exchange.getResponseHeaders().set("Location", "/elsewhere.gguf");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThatThrownBy(() -> pull("hf:org/repo/model.gguf", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a".repeat(64));
    }

    @Test
    void doesNotCarryTheTokenToAnotherHost() {
        try (TestingHub other = new TestingHub(content)) {
            hub.then((exchange, all) -> {
                exchange.getResponseHeaders().set("Location", other.url() + "/signed.gguf");
                exchange.sendResponseHeaders(302, -1);
            });

            pull("hf:org/repo/model.gguf", Optional.empty());

            assertThat(hub.header(0, "Authorization")).isPresent();
            assertThat(other.header(0, "Authorization")).isEmpty();
        }
    }

    @Test
    void keepsNothingThatIsNoModel() {
        hub.change("<html>please log in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8), "\"page\"");

        assertThatThrownBy(() -> pull(hub.url() + "/model.gguf", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'GGUF'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsNothingOfAModelThatIsShortOnTheServer() {
        hub.change(Arrays.copyOf(content, content.length - 1000), "\"short\"");

        assertThatThrownBy(() -> pull(hub.url() + "/model.gguf", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bytes of tensor data expected");
        assertThat(target).doesNotExist();
    }

    private void pull(String text, Optional<String> sha256) {
        ModelPull.Request request = new ModelPull.Request(address(text), target, sha256, Duration.ofSeconds(30));
        new ModelPull(QUICK).pull(request, ByteProgress.NONE);
    }

    private ModelAddress address(String text) {
        return ModelAddress.of(text, Map.of("HF_ENDPOINT", hub.url(), "HF_TOKEN", "secret"));
    }

    private void assertOnlyTargetIsThere() {
        assertThat(folder).isDirectoryContaining(target::equals).isDirectoryNotContaining(path -> !path.equals(target));
    }

    private byte[] model(long seed) throws IOException {
        return Files.readAllBytes(source(seed));
    }

    private Path source(long seed) {
        Path path = sources.resolve(seed + ".gguf");
        new GgufSynthesizer(
                        new SynthesisOrder(SmallShapes.of(ModelFamily.LLAMA), Quantisation.Q4_0, seed),
                        ByteProgress.NONE)
                .write(path);
        return path;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
