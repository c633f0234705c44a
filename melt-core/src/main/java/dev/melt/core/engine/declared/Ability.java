package dev.melt.core.engine.declared;

import java.util.Locale;

/** What a declared engine understands of a request; a workload that needs another one is refused. */
enum Ability {
    /** Prompts of text. */
    PROMPTS("prompts of text"),
    /** So many tokens, whatever they say. */
    TOKENS("prompts of so many tokens"),
    /** Several turns in one context, with the model's chat template. */
    CHAT("conversations"),
    /** Tokens that are in the context before a turn, untimed. */
    DEPTH("tokens in the context before a turn"),
    /** Going on until a time is over. */
    REPEAT("a run that ends by time"),
    /** Timing every operator. */
    PER_OP("timing every operator");

    private final String meaning;

    Ability(String meaning) {
        this.meaning = meaning;
    }

    /** As it is written in a declaration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In words, for a complaint. */
    String meaning() {
        return meaning;
    }

    static Ability ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
