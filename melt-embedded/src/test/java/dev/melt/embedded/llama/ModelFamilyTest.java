package dev.melt.embedded.llama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.gguf.GgufFile;
import dev.melt.core.model.ModelSupport;
import dev.melt.core.model.shape.ChatStyle;
import dev.melt.core.model.shape.ModelFamily;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.embedded.SmallModel;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code melt models synth} writes, in each family and each mix of types, is a model to llama.cpp. */
class ModelFamilyTest {
    private static final LlamaContext.Shape SHAPE =
            new LlamaContext.Shape(1, 1, 128, 64, 64, CacheType.F16, CacheType.F16, false);
    private static final Sampler.Choice GREEDY = new Sampler.Choice(1, 0, 40, 0.95, 0.05, 1, true);

    private static LlamaLibrary library;

    @TempDir
    Path folder;

    @BeforeAll
    static void open(@TempDir Path natives) {
        library = LlamaLibrary.open(NativeFiles.in(natives), OutputStream.nullOutputStream());
    }

    @AfterAll
    static void close() {
        library.close();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void loadsReadsAndWrites(ModelFamily family, Quantisation quantisation) {
        Path file = SmallModel.write(folder.resolve("m.gguf"), family, SmallModel.layers(family), quantisation);
        assertThat(ModelSupport.problem(GgufFile.read(file))).isEmpty();

        StopFlag stop = new StopFlag();
        try (LlamaModel model = LlamaModel.load(library, file, true, false, stop);
                LlamaContext context = LlamaContext.create(library, model, SHAPE, GREEDY, stop, Optional.empty())) {
            assertThat(model.architecture()).isEqualTo(family.architecture());
            ChatTemplate template = ChatTemplate.of(model);
            assertThat(template.origin()).isEqualTo("model");
            assertThat(template.first("How far is it?")).contains("How far is it?");

            assertThat(context.put(template.first("How far is it?").getBytes(UTF_8)))
                    .isTrue();
            int prompt = context.position();
            assertThat(prompt).isBetween(5, 100);
            context.evaluate(0, prompt);
            assertUsable(context);
            context.put(context.sample());
            context.evaluate(prompt, prompt + 1);
            assertUsable(context);
        }
    }

    static Stream<Arguments> everything() {
        return Arrays.stream(ModelFamily.values())
                .flatMap(family -> Arrays.stream(Quantisation.values()).map(mix -> Arguments.of(family, mix)));
    }

    @ParameterizedTest
    @EnumSource(ChatStyle.class)
    void theEngineKnowsEveryChatTemplate(ChatStyle style) {
        Path file = SmallModel.write(folder.resolve("m.gguf"), style);

        try (LlamaModel model = LlamaModel.load(library, file, true, false, new StopFlag())) {
            ChatTemplate template = ChatTemplate.of(model);
            assertThat(template.origin()).isEqualTo("model");
            assertThat(template.first("How far?")).contains("How far?").isNotEqualTo(template.next("How far?"));
            assertThat(template.next("How far?")).contains("How far?");
        }
    }

    /** Finite, and not the same for every token. */
    private static void assertUsable(LlamaContext context) {
        float[] logits = new float[context.model().vocabulary().size()];
        context.readLogits(-1, logits);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            assertThat(Float.isFinite(logit)).isTrue();
            least = Math.min(least, logit);
            most = Math.max(most, logit);
        }
        assertThat(most).isGreaterThan(least);
    }
}
