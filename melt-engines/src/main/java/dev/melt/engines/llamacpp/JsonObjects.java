package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON objects that stand somewhere in a text, among log lines and prompts, each on one line or over many. Objects
 * within objects belong to these.
 *
 * @param unfinished texts that begin like an object and are not closed
 */
record JsonObjects(List<JsonNode> objects, List<String> unfinished) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_UNFINISHED = 50;

    /** How often each character may be looked at, in the mean: braces within braces would otherwise take for ever. */
    private static final long PATIENCE = 100;

    static JsonObjects in(String text) {
        List<JsonNode> objects = new ArrayList<>();
        List<String> unfinished = new ArrayList<>();
        int at = text.indexOf('{');
        long budget = PATIENCE * text.length();
        while (at >= 0 && unfinished.size() < MOST_UNFINISHED && budget > 0) {
            int end = end(text, at);
            budget -= Math.max(0, end - at);
            Optional<JsonNode> object =
                    end > at && end <= text.length() ? parsed(text.substring(at, end)) : Optional.empty();
            object.ifPresent(objects::add);
            if (end == text.length() + 1) {
                unfinished.add(text.substring(at));
            }
            at = text.indexOf('{', object.isPresent() ? end : at + 1);
        }
        return new JsonObjects(objects, unfinished);
    }

    /** Objects that have all these keys. */
    List<JsonNode> having(String... keys) {
        return objects.stream()
                .filter(object -> List.of(keys).stream().allMatch(object::has))
                .toList();
    }

    /** Whether the text breaks off within an object that has this word. */
    boolean breaksOffIn(String word) {
        return unfinished.stream().anyMatch(text -> text.contains(word));
    }

    /** Behind the closing brace; -1 where this is no object; one behind the text's end where the text ends first. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\n') {
                    return -1;
                }
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length() + 1;
    }

    private static Optional<JsonNode> parsed(String candidate) {
        if (candidate.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(candidate)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
