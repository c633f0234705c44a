package dev.melt.core.workload;

import java.util.List;

/**
 * The user's side of a conversation: the prompts that one context sees one after the other.
 *
 * @param id its number in its set, from 0
 */
public record Dialogue(int id, List<String> prompts) {
    public Dialogue {
        Limits.check("conversation id", id, 0, Limits.MOST_TURNS);
        prompts = List.copyOf(prompts);
        Limits.checkNotEmpty("prompts of conversation " + id, prompts.size());
        prompts.forEach(Request.Text::checkPrompt);
    }
}
