package dev.melt.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.gguf.GgmlType;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SmallShapes;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInspectionTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void countsParametersAndBytesOfEachType() {
        Path path = folder.resolve("model.gguf");
        SynthesisOrder order = new SynthesisOrder(SmallShapes.of(ModelFamily.LLAMA), Quantisation.Q4_0, 1);
        new GgufSynthesizer(order, ByteProgress.NONE).write(path);

        ModelInspection inspection = ModelInspection.of(path);

        assertThat(inspection.quantisation()).isEqualTo("Q4_0");
        assertThat(inspection.parameters()).isEqualTo(order.shape().parameters());
        assertThat(inspection.mix().stream()
                        .mapToLong(ModelInspection.TypeShare::parameters)
                        .sum())
                .isEqualTo(inspection.parameters());
        assertThat(inspection.mix()).extracting(ModelInspection.TypeShare::type).containsExactly("Q4_0", "Q6_K", "F32");
        assertThat(inspection.bitsPerWeight()).isBetween(4.5, 5.5);
    }

    /** Llama 2 7B at 4096 tokens: 32 layers x 32 heads x 128 x 2 x 2 B x 4096 = 2 GiB. */
    @Test
    void predictsTheCacheOfLlama2() {
        assertThat(predict(MemoryPrediction.Conditions.usual(4096)).keyValueBytes())
                .isEqualTo(2048 * MEBIBYTE);
        assertThat(predict(new MemoryPrediction.Conditions(4096, 512, GgmlType.Q8_0, GgmlType.Q8_0, true))
                        .keyValueBytes())
                .isEqualTo(1088 * MEBIBYTE);
    }

    /** What llama.cpp b4916 said of synthetic files of 10240 tokens of vocabulary, context 512, in MiB. */
    @Test
    void predictsTheComputeBufferAsLlamaCppReportsIt() {
        assertCompute(new ModelDimensions("llama", 10240, 2048, 2048, 32, heads(4), 64, 64, 5632), 49.01);
        assertCompute(new ModelDimensions("qwen2", 10240, 2048, 896, 14, heads(2), 64, 64, 4864), 25.26);
        assertCompute(new ModelDimensions("gemma", 10240, 2048, 2048, 8, heads(1), 256, 256, 16384), 77.01);
        assertCompute(new ModelDimensions("stablelm", 10240, 2048, 2560, 32, heads(32), 80, 80, 6912), 53.01);
        assertCompute(new ModelDimensions("llama", 8192, 8192, 512, 8, heads(2), 64, 64, 1280), 18.13);
    }

    @Test
    void refusesAModelThatNeedsOneByteMoreThanThereIs() {
        MemoryPrediction prediction = new MemoryPrediction(4_000_000_000L, 2_000_000_000L, 300_000_000L);

        prediction.requireFits("llama2-7b", 6_300_000_000L);
        assertThatThrownBy(() -> prediction.requireFits("llama2-7b", 6_299_999_999L))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("llama2-7b: 6.3 GB of memory needed (weights 4.0 GB, key-value cache 2.0 GB");
    }

    @Test
    void refusesAModelWhoseClaimsAreAbsurd() {
        ModelDimensions absurd = new ModelDimensions(
                "llama", 1 << 24, 1 << 24, 1 << 24, 1 << 24, heads(1 << 24), 1 << 24, 1 << 24, 1 << 24);
        MemoryPrediction prediction =
                MemoryPrediction.of(absurd, 1 << 30, MemoryPrediction.Conditions.usual(Integer.MAX_VALUE));

        assertThatThrownBy(() -> prediction.requireFits("absurd", Long.MAX_VALUE - 1))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesAnArchitectureThatTheEngineDoesNotKnow() throws IOException {
        refuses(new GgufHeader().text("general.architecture", "llama9"), "'llama9' found");
        refuses(new GgufHeader().text("general.architecture", "bert"), "'bert' found");
        refuses(new GgufHeader().u32("general.architecture", 1), "'none' found");
    }

    @Test
    void refusesATypeNewerThanTheEngine() throws IOException {
        refuses(header().tensor("x", GgmlType.MXFP4, 32), "MXFP4 found in 'x'");
    }

    @Test
    void refusesAPartOfASplitModel() throws IOException {
        refuses(header().u32("split.count", 3), "one of 3 parts");
    }

    @Test
    void refusesAModelThatLacksWhatItIsLoadedBy() throws IOException {
        refuses(new GgufHeader().text("general.architecture", "llama"), "llama.block_count");
        refuses(header(), "a tokenizer with a vocabulary expected");
        refuses(
                header().text("tokenizer.ggml.model", "llama").texts("tokenizer.ggml.tokens", 1, i -> "a"),
                "token_embd.weight");
    }

    private static void assertCompute(ModelDimensions dimensions, double mebibytes) {
        MemoryPrediction prediction = MemoryPrediction.of(dimensions, 0, MemoryPrediction.Conditions.usual(512));
        assertThat(prediction.computeBytes() / (double) MEBIBYTE).isCloseTo(mebibytes, within(0.02 * mebibytes));
    }

    private static MemoryPrediction predict(MemoryPrediction.Conditions conditions) {
        return MemoryPrediction.of(
                new ModelDimensions("llama", 32000, 4096, 4096, 32, Collections.nCopies(32, 32L), 128, 128, 11008),
                0,
                conditions);
    }

    private static java.util.List<Long> heads(long count) {
        return Collections.nCopies(8, count);
    }

    private static GgufHeader header() {
        return new GgufHeader()
                .text("general.architecture", "llama")
                .u32("llama.block_count", 1)
                .u32("llama.embedding_length", 32)
                .u32("llama.context_length", 32);
    }

    private void refuses(GgufHeader header, String finding) throws IOException {
        Path path = folder.resolve("model.gguf");
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            header.writeTo(channel);
            channel.write(java.nio.ByteBuffer.allocate((int) header.dataBytes()));
        }
        assertThatThrownBy(() -> ModelSupport.require(GgufFile.read(path)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(finding);
    }
}
