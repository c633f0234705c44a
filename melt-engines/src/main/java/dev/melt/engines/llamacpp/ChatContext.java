package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What one conversation has put into the server's context, as texts and token ids in turn: generated tokens go back as the ids
 * that they were, so that the cache fits to the last token. Used by one thread.
 */
final class ChatContext {
    private final LlamaServer server;
    private final boolean chat;
    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode pieces = JsonNodeFactory.instance.arrayNode();
    private String written = "";

    ChatContext(LlamaServer server, boolean chat) {
        this.server = server;
        this.chat = chat;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /**
     * Adds a prompt.
     *
     * @return whether the server could put it into its template
     */
    boolean ask(String prompt) throws IOException, InterruptedException {
        if (!chat) {
            pieces.add(prompt);
            return true;
        }
        messages.addObject().put("role", "user").put("content", prompt);
        Optional<String> whole = server.rendered(messages);
        if (whole.isEmpty()) {
            return false;
        }
        if (whole.get().startsWith(written)) {
            pieces.add(whole.get().substring(written.length()));
        } else { // a template that changes what was said before: it is evaluated anew from there on
            pieces.removeAll();
            pieces.add(whole.get());
        }
        written = whole.get();
        return true;
    }

    /** Adds an answer, by its ids where they are known. */
    void answered(Optional<List<Integer>> ids, String text) {
        ids.ifPresentOrElse(known -> known.forEach(pieces::add), () -> pieces.add(text));
        messages.addObject().put("role", "assistant").put("content", text);
        written += text;
    }

    /** Everything up to the last prompt. */
    ArrayNode prompt() {
        return pieces.deepCopy();
    }

    /** Everything that an unbroken conversation would have in the cache now: the last token has not been evaluated. */
    ArrayNode evaluated() {
        ArrayNode evaluated = pieces.deepCopy();
        if (!evaluated.isEmpty() && evaluated.get(evaluated.size() - 1).isNumber()) {
            evaluated.remove(evaluated.size() - 1);
        }
        return evaluated;
    }
}
