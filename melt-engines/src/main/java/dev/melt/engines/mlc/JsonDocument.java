package dev.melt.engines.mlc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.event.UnknownOutputException;

/** A file that is one list in JSON. */
final class JsonDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonDocument() {}

    /** Whether a text may be such a file with this key in it. */
    static boolean looksLike(String text, String key) {
        return text.stripLeading().startsWith("[") && text.contains("\"" + key + "\"");
    }

    /** The list, whole and with something in it. */
    static JsonNode list(String text, String what) throws UnknownOutputException {
        try {
            JsonNode root = JSON.readTree(text);
            if (root == null || !root.isArray() || root.isEmpty()) {
                throw new UnknownOutputException(what + ": a list with something in it expected, none found");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new UnknownOutputException(what + ": whole JSON expected, it breaks off or is damaged at line "
                    + (e.getLocation() == null ? "1" : e.getLocation().getLineNr()));
        }
    }
}
