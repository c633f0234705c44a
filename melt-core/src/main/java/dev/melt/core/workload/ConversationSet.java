package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * Conversations of several turns with the model's chat template; the context grows within one and is empty at its start.
 *
 * @param generate tokens to generate for each prompt
 */
public record ConversationSet(String name, List<Dialogue> dialogues, int generate) implements Workload {
    public ConversationSet {
        requireNonNull(name, "name");
        dialogues = List.copyOf(dialogues);
        Limits.checkNotEmpty("conversations of " + name, dialogues.size());
        Limits.check("tokens to generate", generate, 1, Limits.MOST_TOKENS);
    }

    public int promptCount() {
        return dialogues.stream()
                .mapToInt(dialogue -> dialogue.prompts().size())
                .sum();
    }

    @Override
    public List<Workload> expand() {
        return List.of(this);
    }

    @Override
    public Script script() {
        return Script.once(dialogues.stream().map(this::conversation).toList());
    }

    @Override
    public String summary() {
        String conversations = dialogues.size() == 1 ? "1 conversation" : dialogues.size() + " conversations";
        return String.format(Locale.ROOT, "%s, %d prompts, %d tokens each", conversations, promptCount(), generate);
    }

    @Override
    public Workload generating(int tokens) {
        return new ConversationSet(name, dialogues, tokens);
    }

    private Conversation conversation(Dialogue dialogue) {
        List<Request> turns = dialogue.prompts().stream()
                .<Request>map(prompt -> new Request.Text(prompt, generate))
                .toList();
        return new Conversation(dialogue.id(), true, turns);
    }
}
