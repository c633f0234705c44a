package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prompts that know nothing of each other: each begins with an empty context.
 *
 * @param chat whether the model's chat template goes around each prompt
 * @param generate tokens to generate for each
 */
public record PromptSet(String name, List<String> prompts, boolean chat, int generate) implements Workload {
    public PromptSet {
        requireNonNull(name, "name");
        prompts = List.copyOf(prompts);
        Limits.checkNotEmpty("prompts of " + name, prompts.size());
        Limits.check("tokens to generate", generate, 1, Limits.MOST_TOKENS);
        prompts.forEach(Request.Text::checkPrompt);
    }

    @Override
    public List<Workload> expand() {
        return List.of(this);
    }

    @Override
    public Script script() {
        List<Conversation> conversations = new ArrayList<>();
        for (String prompt : prompts) {
            conversations.add(
                    new Conversation(conversations.size(), chat, List.of(new Request.Text(prompt, generate))));
        }
        return Script.once(conversations);
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%d prompts, %d tokens each", prompts.size(), generate);
    }

    @Override
    public Workload generating(int tokens) {
        return new PromptSet(name, prompts, chat, tokens);
    }
}
