package dev.melt.embedded.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.embedded.RandomModel;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {
    private static final Sampler.Choice GREEDY = new Sampler.Choice(1, 0, 40, 0.95, 0.05, 1, false);
    private static final LlamaContext.Shape SHAPE =
            new LlamaContext.Shape(1, 1, 256, 64, 64, CacheType.F16, CacheType.F16, false);

    @TempDir
    Path folder;

    @Test
    void theScoreIsThatOfTokensEvaluatedOneByOne() {
        Path file = RandomModel.small().writeTo(folder.resolve("m.gguf"));
        try (LlamaLibrary library = LlamaLibrary.open(NativeFiles.in(folder), OutputStream.nullOutputStream())) {
            StopFlag stop = new StopFlag();
            try (LlamaModel model = LlamaModel.load(library, file, true, false, stop);
                    LlamaContext context = LlamaContext.create(library, model, SHAPE, GREEDY, stop, Optional.empty())) {
                Scorer.Score score =
                        new Scorer(context).score("one two", " three").orElseThrow();

                assertThat(score.sum())
                        .isCloseTo(oneByOne(context, "one two three", score.contextTokens()), within(1e-3));
                assertThat(score.truncated()).isFalse();
                assertThat(score.greedy()).isFalse();
            }
        }
    }

    /** Puts the whole text, then evaluates each token alone and reads the probability of the one behind it. */
    private static double oneByOne(LlamaContext context, String text, int from) {
        context.clear();
        assertThat(context.put(text.getBytes(StandardCharsets.UTF_8))).isTrue();
        int length = context.position();
        double sum = 0;
        for (int i = 0; i < length - 1; i++) {
            context.evaluate(i, i + 1);
            if (i + 1 >= from) {
                sum += logProbability(context, context.token(i + 1));
            }
        }
        return sum;
    }

    private static double logProbability(LlamaContext context, int token) {
        float[] logits = new float[context.model().vocabulary().size()];
        context.readLogits(0, logits);
        double total = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp((double) logits[i] - logits[token]))
                .sum();
        return -Math.log(total);
    }
}
