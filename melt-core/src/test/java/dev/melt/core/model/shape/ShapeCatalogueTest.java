package dev.melt.core.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeCatalogueTest {
    private static final ShapeCatalogue SHIPPED = new ShapeCatalogue(new ConfigFiles(List.of()));

    @TempDir
    Path folder;

    static Stream<String> names() {
        return SHIPPED.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shipsShapesThatCanBeMade(String name) {
        for (Quantisation quantisation : Quantisation.values()) {
            assertThat(new SynthesisOrder(SHIPPED.shape(name), quantisation, 1).bytes())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tinyllama-1.1b, 1100048384",
        "llama2-7b, 6738415616",
        "llama2-13b, 13015864320",
        "mistral-7b, 7241732096",
        "gemma-2b, 2506172416",
        "gemma-7b, 8537680896",
        "gemma2-2b, 2614341888",
        "gemma3-1b, 999885952",
        "qwen1.5-1.8b, 1836828672",
        "qwen2.5-0.5b, 494032768",
        "qwen2.5-1.5b, 1543714304",
        "phi-2, 2779683840",
        "phi-3.5-mini, 3821079552",
        "llama3.2-1b, 1235814400",
        "llama3.2-3b, 3212749824",
        "smollm2-135m, 134515008",
        "smollm2-360m, 361821120",
        "stablelm-zephyr-3b, 2795443200",
        "tiny, 14684672"
    })
    void hasAsManyParametersAsPublished(String name, long parameters) {
        assertThat(SHIPPED.shape(name).parameters()).isEqualTo(parameters);
    }

    /** Sizes in GB as the MELT paper's table of models has them. */
    @ParameterizedTest
    @CsvSource({
        "mistral-7b, q3_k, 3.52",
        "mistral-7b, q4_k, 4.37",
        "mistral-7b, q4_0, 4.11",
        "llama2-7b, q3_k, 3.30",
        "llama2-7b, q4_k, 4.08",
        "llama2-7b, q4_0, 3.83",
        "llama2-7b, f16, 13.5",
        "llama2-13b, q4_k, 7.87",
        "tinyllama-1.1b, q3_k, 0.55",
        "tinyllama-1.1b, q4_k, 0.67",
        "tinyllama-1.1b, q4_0, 0.64",
        "stablelm-zephyr-3b, q3_k, 1.39",
        "stablelm-zephyr-3b, q4_k, 1.71",
        "stablelm-zephyr-3b, q4_0, 1.61"
    })
    void makesFilesAsLargeAsThePublishedOnes(String name, String mix, double gigabytes) {
        long bytes =
                new SynthesisOrder(SHIPPED.shape(name), Quantisation.of(mix).orElseThrow(), 1).bytes();

        assertThat(bytes / 1e9).isCloseTo(gigabytes, within(gigabytes * 0.015));
    }

    @Test
    void takesTheShapeOfAPersonBeforeOneThatShips() throws IOException {
        write("tiny.yaml", shapeWithLayers("2"));

        assertThat(own().shape("tiny").layers()).isEqualTo(2);
    }

    @Test
    void tellsFileAndLineOfAFault() throws IOException {
        write("mine.yaml", shapeWithLayers("0"));

        assertThatThrownBy(() -> own().shape("mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine.yaml:5");
    }

    @Test
    void tellsWhatDimensionsDoNotGoTogether() throws IOException {
        write("mine.yaml", shapeWithLayers("2") + "keyValueHeads: 3\n");

        assertThatThrownBy(() -> own().shape("mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("keyValueHeads must divide heads");
    }

    @Test
    void offersTheNearestNames() {
        assertThatThrownBy(() -> SHIPPED.shape("tinylama-1.1b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tinyllama-1.1b");
    }

    @ParameterizedTest
    @CsvSource({
        "q4_0, Q4_0",
        "Q4, Q4_0",
        "q4-k-m, Q4_K_M",
        "Q4_K, Q4_K_M",
        "q4k, Q4_K_M",
        "fp16, F16",
        "F16, F16",
        "q8, Q8_0",
        "q6_k, Q6_K",
        "Q3K, Q3_K_M",
        "q3_k_m, Q3_K_M"
    })
    void understandsUsualSpellingsOfQuantisations(String spelling, Quantisation meant) {
        assertThat(Quantisation.of(spelling)).contains(meant);
    }

    @Test
    void understandsNoOtherQuantisation() {
        assertThat(Quantisation.of("q5")).isEmpty();
        assertThat(Quantisation.of("")).isEmpty();
    }

    private ShapeCatalogue own() {
        return new ShapeCatalogue(new ConfigFiles(List.of(folder)));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models").resolve(name), text);
    }

    private static String shapeWithLayers(String layers) {
        return """
                title: Mine
                family: llama
                vocabulary: 2048
                embedding: 64
                layers: %s
                heads: 4
                feedForward: 128
                context: 512
                tokenizer: spm
                chat: chatml
                """.formatted(layers);
    }
}
