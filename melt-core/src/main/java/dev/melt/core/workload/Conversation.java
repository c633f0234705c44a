package dev.melt.core.workload;

import java.util.List;

/**
 * Turns that share one context, which is empty when the first begins.
 *
 * @param id its number in the set that it comes from, from 0; kept when only some of a set are run
 * @param chat whether the model's chat template goes around each prompt
 */
public record Conversation(int id, boolean chat, List<Request> turns) {
    public Conversation {
        Limits.check("conversation id", id, 0, Limits.MOST_TURNS);
        turns = List.copyOf(turns);
        Limits.checkNotEmpty("turns of conversation " + id, turns.size());
    }
}
