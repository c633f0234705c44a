package dev.melt.embedded;

import dev.melt.embedded.llama.LlamaContext;
import java.util.SplittableRandom;

/** Prompts of a given length: tokens drawn from the seed, the same for the same turn of the same trial. */
final class RandomTokens {
    private final LlamaContext context;
    private final int seed;
    private int[] choices = {};

    RandomTokens(LlamaContext context, int seed) {
        this.context = context;
        this.seed = seed;
    }

    /** Puts {@code count} tokens into the context; the first is the begin token where the model wants one. */
    void put(int count, long turn, int salt) {
        if (choices.length == 0) {
            choices = choices();
        }
        SplittableRandom random = new SplittableRandom((turn * 2 + salt) * 0x9E3779B97F4A7C15L + seed);
        for (int i = 0; i < count; i++) {
            int drawn = choices[random.nextInt(choices.length)];
            context.put(context.beginHere().orElse(drawn));
        }
    }

    /** Looked up when the first such prompt comes: a large vocabulary takes some tens of milliseconds. */
    private int[] choices() {
        int[] plain = context.model().vocabulary().plainTokens();
        if (plain.length == 0) {
            throw new WorkerException(
                    ErrorKind.MODEL_UNSUPPORTED,
                    "the model's vocabulary has only control tokens to draw a prompt from");
        }
        return plain;
    }
}
