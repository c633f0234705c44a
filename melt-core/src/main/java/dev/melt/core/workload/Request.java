package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;

/** What one turn asks of an engine. */
public sealed interface Request {
    /** How many tokens to generate at the most, or exactly where the end-of-sequence token is ignored. */
    int generate();

    /** The same with no more tokens to generate than that. */
    Request atMost(int tokens);

    /** A text; the engine's tokeniser says how many tokens it is. */
    record Text(String prompt, int generate) implements Request {
        public Text {
            requireNonNull(prompt, "prompt");
            Limits.check("tokens to generate", generate, 1, Limits.MOST_TOKENS);
            checkPrompt(prompt);
        }

        @Override
        public Request atMost(int tokens) {
            return new Text(prompt, Math.min(generate, tokens));
        }

        static void checkPrompt(String prompt) {
            Limits.check("characters of a prompt", prompt.length(), 1, Limits.MOST_CHARACTERS);
            if (prompt.isBlank() || prompt.indexOf('\0') >= 0) {
                throw new InvalidInputException(
                        "prompt",
                        "readable text needed",
                        prompt.isBlank() ? "only blanks found" : "a NUL character found",
                        "write a prompt or take it out");
            }
        }
    }

    /**
     * So many tokens, whatever they say.
     *
     * @param promptTokens how many to evaluate in the prefill; with 0 generation starts from the first token alone
     * @param depth how many are in the KV cache before, put there outside the timed part
     */
    record Tokens(int promptTokens, int generate, int depth) implements Request {
        public Tokens {
            check(promptTokens, generate, depth);
        }

        @Override
        public Request atMost(int tokens) {
            return new Tokens(promptTokens, Math.min(generate, tokens), depth);
        }

        static void check(int promptTokens, int generate, int depth) {
            Limits.check("prompt tokens", promptTokens, 0, Limits.MOST_TOKENS);
            Limits.check("tokens to generate", generate, 0, Limits.MOST_TOKENS);
            Limits.check("depth in tokens", depth, 0, Limits.MOST_TOKENS);
            Limits.check(
                    "prompt tokens and tokens to generate", (long) promptTokens + generate, 1, 2L * Limits.MOST_TOKENS);
        }
    }
}
