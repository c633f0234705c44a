package dev.melt.core.model.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.gguf.GgmlType;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.gguf.GgufTensor;
import dev.melt.core.model.ModelSupport;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.Quantisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GgufSynthesizerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("everything")
    void writesAFileThatReadsBackAsOrdered(ModelFamily family, Quantisation quantisation) {
        SynthesisOrder order = new SynthesisOrder(SmallShapes.of(family), quantisation, 7);

        GgufFile file = GgufFile.read(make(order, "model.gguf"));

        assertThat(file.version()).isEqualTo(3);
        assertThat(file.architecture()).contains(family.architecture());
        assertThat(file.bytes()).isEqualTo(order.bytes());
        assertThat(file.parameters()).isEqualTo(order.shape().parameters());
        assertThat(file.whole("general.file_type")).hasValue(quantisation.fileType());
        assertThat(file.array("tokenizer.ggml.tokens").orElseThrow().length()).isEqualTo(2048);
    }

    static Stream<Arguments> everything() {
        return Arrays.stream(ModelFamily.values())
                .flatMap(family -> Arrays.stream(Quantisation.values()).map(mix -> Arguments.of(family, mix)));
    }

    @Test
    void saysThatTheWeightsAreMadeUp() {
        GgufFile file = GgufFile.read(make(order(ModelFamily.LLAMA, 7), "model.gguf"));

        assertThat(file.text("general.name")).contains("Small (synthetic)");
        assertThat(file.synthetic()).isTrue();
        assertThat(file.whole("melt.seed")).hasValue(7);
        assertThat(file.text("melt.shape")).contains("small-llama");
    }

    @ParameterizedTest
    @EnumSource(
            value = ModelFamily.class,
            names = {"GEMMA2", "GEMMA3"},
            mode = EnumSource.Mode.EXCLUDE)
    void writesWhatTheEmbeddedEngineSupports(ModelFamily family) {
        assertThat(ModelSupport.problem(GgufFile.read(make(order(family, 1), "model.gguf"))))
                .isEmpty();
    }

    /** A change here changes every synthetic model that people have: make it on purpose or not at all. */
    @Test
    void givesTheSameFileForTheSameOrderOnEveryMachine() throws IOException {
        Path file = make(order(ModelFamily.QWEN2, 42), "model.gguf");

        assertThat(Sha256.of(file, ByteProgress.NONE))
                .isEqualTo("89aa7d7ea33eb3d06b13c5e3b235275044b0ae327c8bff8d6d1bf41434e56225");
    }

    @Test
    void givesOtherWeightsForAnotherSeed() throws IOException {
        byte[] one = Files.readAllBytes(make(order(ModelFamily.LLAMA, 1), "1.gguf"));
        byte[] two = Files.readAllBytes(make(order(ModelFamily.LLAMA, 2), "2.gguf"));

        assertThat(one).hasSameSizeAs(two).isNotEqualTo(two);
    }

    @Test
    void givesEveryTensorWeightsOfItsOwn() throws IOException {
        Path path = make(order(ModelFamily.LLAMA, 1), "model.gguf");

        assertThat(data(path, "blk.0.attn_q.weight")).isNotEqualTo(data(path, "blk.1.attn_q.weight"));
    }

    @Test
    void fallsBackToBlocksOf32WhereRowsDoNotFill256() {
        SynthesisOrder order = new SynthesisOrder(SmallShapes.of(ModelFamily.LLAMA, 288), Quantisation.Q4_K_M, 1);

        GgufFile file = GgufFile.read(make(order, "model.gguf"));

        assertThat(type(file, "blk.0.ffn_down.weight")).isIn(GgmlType.Q5_0, GgmlType.Q8_0);
        assertThat(type(file, "blk.0.ffn_up.weight")).isEqualTo(GgmlType.Q4_K);
    }

    @Test
    void leavesNoPartBehindAndTellsProgressToTheEnd() throws IOException {
        List<Long> done = new ArrayList<>();
        SynthesisOrder order = order(ModelFamily.LLAMA, 1);

        new GgufSynthesizer(order, (now, total) -> done.add(now)).write(folder.resolve("model.gguf"));

        assertThat(done).isSorted().last().isEqualTo(order.bytes());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("model.gguf"));
        }
    }

    private static SynthesisOrder order(ModelFamily family, long seed) {
        return new SynthesisOrder(SmallShapes.of(family), Quantisation.Q4_0, seed);
    }

    private Path make(SynthesisOrder order, String name) {
        Path path = folder.resolve(name);
        new GgufSynthesizer(order, ByteProgress.NONE).write(path);
        return path;
    }

    private static GgmlType type(GgufFile file, String name) {
        return tensor(file, name).type().orElseThrow();
    }

    private static byte[] data(Path path, String name) throws IOException {
        GgufFile file = GgufFile.read(path);
        GgufTensor tensor = tensor(file, name);
        int from = Math.toIntExact(file.dataStart() + tensor.offset());
        return Arrays.copyOfRange(
                Files.readAllBytes(path),
                from,
                from + Math.toIntExact(tensor.bytes().orElseThrow()));
    }

    private static GgufTensor tensor(GgufFile file, String name) {
        return file.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
