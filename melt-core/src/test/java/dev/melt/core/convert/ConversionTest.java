package dev.melt.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.model.Derivation;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class ConversionTest {
    @TempDir
    Path folder;

    private ModelRegistry registry =
            new ModelRegistry(Path.of("."), new ShapeCatalogue(new ConfigFiles(List.of())), Clock.systemUTC());

    private Path source = Path.of(".");

    @BeforeEach
    void makeASource() {
        registry = new ModelRegistry(
                folder.resolve("models"), new ShapeCatalogue(new ConfigFiles(List.of())), Clock.systemUTC());
        source = registry.obtain("tiny", ByteProgress.NONE).path().toAbsolutePath();
    }

    private Model run(Duration deadline, long bytes, String... command) throws InterruptedException {
        Derivation derivation = new Derivation(
                "tiny", "00", Optional.of("Q4_0"), "tool", Optional.empty(), Optional.of("b1"), List.of(command));
        return new Conversion(registry)
                .run(
                        new ConversionOrder(
                                "child", source, List.of(command), folder, Map.of(), bytes, deadline, derivation),
                        ByteProgress.NONE);
    }

    private Model sh(String script) throws InterruptedException {
        return run(Duration.ofMinutes(1), 0, "sh", "-c", script, "sh", "{in}", "{out}");
    }

    @Test
    void keepsWhatItCameFromBesideTheModel() throws InterruptedException {
        Model made = sh("cp \"$1\" \"$2\"");

        assertThat(made.derivation()).map(Derivation::parent).contains("tiny");
        Model listed = registry.list().models().stream()
                .filter(model -> model.name().equals("child"))
                .findFirst()
                .orElseThrow();
        assertThat(listed.derivation()).isEqualTo(made.derivation());
        assertThat(registry.derivation(source)).isEmpty();
    }

    @Test
    void forgetsTheParentOfAFileThatSomebodyReplaced() throws InterruptedException, IOException {
        Path made = sh("cp \"$1\" \"$2\"").path();
        Files.write(made, new byte[] {0}, StandardOpenOption.APPEND);

        assertThat(registry.derivation(made)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cp \"$1\" \"$2\"; echo no room left; exit 3",
                "true",
                "echo no gguf > \"$2\"",
                "head -c 5000 \"$1\" > \"$2\"",
                "kill -9 $$"
            })
    void leavesNothingBehindWhenTheToolFails(String script) throws IOException {
        assertThatThrownBy(() -> sh(script)).isInstanceOf(ConversionFailedException.class);

        assertThat(folder.resolve("models/child.gguf")).doesNotExist();
        assertThat(folder.resolve("models/child.gguf.part")).doesNotExist();
    }

    @Test
    void quotesWhatTheToolSaidLast() {
        assertThatThrownBy(() -> sh("echo first; echo why >&2; echo failed; exit 1"))
                .hasMessageContaining("1: why | failed");
    }

    @Test
    void endsAToolThatTakesTooLong() {
        assertThatThrownBy(() -> run(Duration.ofMillis(200), 0, "sleep", "60"))
                .isInstanceOf(ConversionFailedException.class)
                .hasMessageContaining("--deadline");
    }

    @Test
    void refusesWhatTheDiskCannotHold() {
        assertThatThrownBy(() -> run(Duration.ofMinutes(1), Long.MAX_VALUE / 2, "true"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needed");
        assertThat(folder.resolve("models/child.gguf.part")).doesNotExist();
    }

    @Test
    void handsHostileNamesOverAsOneArgument() throws InterruptedException, IOException {
        Path odd = Files.copy(source, folder.resolve("a b;touch owned {out}.gguf"));
        source = odd;

        sh("cp \"$1\" \"$2\"");

        assertThat(folder.resolve("owned")).doesNotExist();
    }

    @Test
    void knowsTheFormOfATypesName() {
        assertThat(new QuantisationType("q4_k_m").name()).isEqualTo("Q4_K_M");
        assertThat(new QuantisationType("F16").mostBytes(1000)).isGreaterThan(2000);
        assertThatThrownBy(() -> new QuantisationType("--help")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void tellsFoldersApartByNamesAndContents() throws IOException {
        Path weights = Files.createDirectories(folder.resolve("hf"));
        Files.writeString(weights.resolve("a"), "1");
        String first = SourceDigest.of(weights, ByteProgress.NONE).sha256();
        Files.writeString(weights.resolve(".cache"), "2");
        assertThat(SourceDigest.of(weights, ByteProgress.NONE).sha256()).isEqualTo(first);
        Files.move(weights.resolve("a"), weights.resolve("b"));

        assertThat(SourceDigest.of(weights, ByteProgress.NONE).sha256()).isNotEqualTo(first);
    }
}
