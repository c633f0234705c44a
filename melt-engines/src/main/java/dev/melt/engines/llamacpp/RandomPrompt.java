package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prompts of so many tokens, drawn from the seed: the same for the same turn.
 *
 * @param beginning what the model wants first; may be empty
 * @param vocabulary number of tokens
 */
record RandomPrompt(List<Integer> beginning, int vocabulary, long seed) {
    ArrayNode of(int tokens, int turn) {
        SplittableRandom random = new SplittableRandom(turn * 0x9E3779B97F4A7C15L + seed);
        ArrayNode prompt = JsonNodeFactory.instance.arrayNode();
        beginning.stream().limit(tokens).forEach(prompt::add);
        while (prompt.size() < tokens) {
            prompt.add(random.nextInt(vocabulary));
        }
        return prompt;
    }
}
