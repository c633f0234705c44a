package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

/**
 * One turn in its place.
 *
 * @param number counts all turns of a trial from 0, across conversations and repetitions
 * @param opens whether it is the first of its conversation, so that the context is emptied before it
 */
public record ScriptedTurn(int number, Conversation conversation, boolean opens, Request request) {
    public ScriptedTurn {
        requireNonNull(conversation, "conversation");
        requireNonNull(request, "request");
    }
}
