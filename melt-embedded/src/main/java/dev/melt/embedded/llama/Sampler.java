package dev.melt.embedded.llama;

import com.sun.jna.Memory;

/** Chooses the next token from the logits: llama.cpp's own chain, in its usual order. */
public final class Sampler implements AutoCloseable {
    private static final int PENALTY_WINDOW = 64;

    private final long chain;

    private Sampler(long chain) {
        this.chain = chain;
    }

    /**
     * How tokens are chosen.
     *
     * @param temperature 0 takes the likeliest token, whatever the other fields say
     * @param ignoreEnd tokens that end a generation are never chosen
     */
    public record Choice(
            int seed,
            double temperature,
            int topK,
            double topP,
            double minP,
            double repeatPenalty,
            boolean ignoreEnd) {}

    static Sampler of(Vocabulary vocabulary, Choice choice) {
        SamplerChainParams params = LlamaC.llama_sampler_chain_default_params();
        params.noPerf = 1;
        long chain = LlamaC.llama_sampler_chain_init(params);
        if (choice.ignoreEnd()) {
            addEndBias(chain, vocabulary);
        }
        if (choice.repeatPenalty() != 1.0) {
            add(chain, LlamaC.llama_sampler_init_penalties(PENALTY_WINDOW, (float) choice.repeatPenalty(), 0f, 0f));
        }
        if (choice.temperature() == 0) {
            add(chain, LlamaC.llama_sampler_init_greedy());
        } else {
            add(chain, LlamaC.llama_sampler_init_top_k(choice.topK()));
            add(chain, LlamaC.llama_sampler_init_top_p((float) choice.topP(), 1));
            add(chain, LlamaC.llama_sampler_init_min_p((float) choice.minP(), 1));
            add(chain, LlamaC.llama_sampler_init_temp((float) choice.temperature()));
            add(chain, LlamaC.llama_sampler_init_dist(choice.seed()));
        }
        return new Sampler(chain);
    }

    private static void add(long chain, long sampler) {
        LlamaC.llama_sampler_chain_add(chain, sampler);
    }

    private static void addEndBias(long chain, Vocabulary vocabulary) {
        int[] ends = vocabulary.endTokens().toArray();
        if (ends.length == 0) {
            return;
        }
        try (Memory biases = new Memory(8L * ends.length)) {
            for (int i = 0; i < ends.length; i++) {
                biases.setInt(8L * i, ends[i]);
                biases.setFloat(8L * i + 4, Float.NEGATIVE_INFINITY);
            }
            add(chain, LlamaC.llama_sampler_init_logit_bias(vocabulary.size(), ends.length, biases));
        }
    }

    /** Forgets what was chosen and goes back to the seed, so that a turn's answer does not depend on the turns before. */
    public void reset() {
        LlamaC.llama_sampler_reset(chain);
    }

    int sample(long context) {
        return LlamaC.llama_sampler_sample(chain, context, -1);
    }

    @Override
    public void close() {
        LlamaC.llama_sampler_free(chain);
    }
}
