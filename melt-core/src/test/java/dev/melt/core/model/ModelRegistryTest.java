package dev.melt.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SmallShapes;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRegistryTest {
    @TempDir
    Path home;

    private ModelRegistry registry;

    @BeforeEach
    void open() {
        registry = new ModelRegistry(
                home.resolve("models"), new ShapeCatalogue(new ConfigFiles(List.of())), Clock.systemUTC());
    }

    @ParameterizedTest
    @CsvSource({
        "tiny, tiny-q4_0",
        "TINY, tiny-q4_0",
        "tinyllama-1.1b-q4_0, tinyllama-1.1b-q4_0",
        "llama2-7b-q4, llama2-7b-q4_0",
        "llama2-7b-q4_k, llama2-7b-q4_k_m",
        "llama2-7b-Q4-K-M, llama2-7b-q4_k_m",
        "phi-2, phi-2-q4_0",
        "phi-2.f16, phi-2-f16",
        "tiny-q8_0-seed7, tiny-q8_0-seed7",
        "tiny-seed42, tiny-q4_0"
    })
    void understandsShapesWithAndWithoutQuantisation(String reference, String name) {
        ModelReference found = registry.find(reference);

        assertThat(found).isInstanceOf(ModelReference.ToSynthesise.class);
        assertThat(found.name()).isEqualTo(name);
    }

    @Test
    void makesAShapeOnFirstUseAndTakesItAfterwards() {
        Model made = registry.obtain("tiny", ByteProgress.NONE);
        List<Long> secondProgress = new ArrayList<>();
        Model taken = registry.obtain("tiny", (done, total) -> secondProgress.add(done));

        assertThat(taken).isEqualTo(made);
        assertThat(secondProgress).isEmpty();
        assertThat(made.label()).isEqualTo("tiny-q4_0 (synthetic)");
        assertThat(made.synthetic()).contains(new Model.Synthetic("tiny", 42));
        assertThat(made.quantisation()).isEqualTo("Q4_0");
        assertThat(registry.names()).containsExactly("tiny-q4_0");
    }

    @Test
    void believesADigestOnlyAsLongAsTheFileIsTheSame() throws IOException {
        Path path = make("model.gguf", 1);
        Model first = registry.obtain(path.toString(), ByteProgress.NONE);
        make("model.gguf", 2);
        Model second = registry.obtain(path.toString(), ByteProgress.NONE);

        assertThat(first.name()).isEqualTo("model");
        assertThat(second.digest()).isNotEqualTo(first.digest()).isEqualTo(Sha256.of(path, ByteProgress.NONE));
    }

    @Test
    void hashesAgainWhenTheSidecarIsDamaged() throws IOException {
        Model made = registry.obtain("tiny", ByteProgress.NONE);
        Files.writeString(home.resolve("models/tiny-q4_0.json"), "{ damaged");

        assertThat(registry.obtain("tiny", ByteProgress.NONE)).isEqualTo(made);
    }

    @Test
    void writesNothingBesideAFileThatIsNotItsOwn() throws IOException {
        Path path = make("model.gguf", 1);

        registry.obtain(path.toString(), ByteProgress.NONE);

        try (var files = Files.list(path.getParent())) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(path);
        }
    }

    @Test
    void listsWhatIsThereAndComplainsOfWhatIsBroken() throws IOException {
        registry.obtain("tiny", ByteProgress.NONE);
        Files.writeString(home.resolve("models/broken.gguf"), "this is no model at all, really");

        ModelRegistry.Listing listing = registry.list();

        assertThat(listing.models()).extracting(Model::name).containsExactly("tiny-q4_0");
        assertThat(listing.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("broken.gguf"));
    }

    @Test
    void offersNearNamesForAnUnknownOne() {
        assertThatThrownBy(() -> registry.find("tinylama-1.1b-q4_0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean")
                .hasMessageContaining("tinyllama-1.1b-q4_0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere/model.gguf",
                "model.gguf",
                "../../etc/passwd",
                "a\u0000/b",
                "",
                "-",
                "tiny-q5",
                "../tiny"
            })
    void refusesWhatIsNoModel(String reference) {
        assertThatThrownBy(() -> registry.obtain(reference, ByteProgress.NONE))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesAHomeThatCannotBeWritten() throws IOException {
        Files.writeString(home.resolve("models"), "a file where the folder should be");

        assertThatThrownBy(() -> registry.obtain("tiny", ByteProgress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tiny-q4_0.gguf.part");
    }

    @Test
    void keepsTheAddressOfWhatWasFetched() throws IOException {
        Path path = registry.pathOf("fetched");
        Files.createDirectories(path.getParent());
        Files.copy(make("model.gguf", 1), path);

        registry.register("fetched", path, Optional.of("https://example.org/model.gguf"), ByteProgress.NONE);

        assertThat(home.resolve("models/fetched.json")).content().contains("https://example.org/model.gguf");
    }

    private Path make(String name, long seed) throws IOException {
        Path path = home.resolve("outside").resolve(name);
        Files.createDirectories(path.getParent());
        SynthesisOrder order = new SynthesisOrder(SmallShapes.of(ModelFamily.LLAMA), Quantisation.Q4_0, seed);
        new GgufSynthesizer(order, ByteProgress.NONE).write(path);
        return path;
    }
}
