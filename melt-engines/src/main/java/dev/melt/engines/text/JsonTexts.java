package dev.melt.engines.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON objects that lie between other text, as in logs and in streams of server-sent events. */
public final class JsonTexts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonTexts() {}

    /** The outermost objects that are whole, in their order; what cannot be read is passed over. */
    public static List<JsonNode> objects(String text) {
        List<JsonNode> found = new ArrayList<>();
        char[] chars = text.toCharArray();
        int at = text.indexOf('{');
        while (at >= 0) {
            int next = at + 1;
            try (JsonParser parser = JSON.getFactory().createParser(chars, at, chars.length - at)) {
                JsonNode node = JSON.readTree(parser);
                found.add(node);
                next = endOf(text, at);
            } catch (IOException e) {
                // no object begins here; the next brace may be one
                next = at + 1;
            }
            at = text.indexOf('{', next);
        }
        return found;
    }

    /** Behind the brace that closes the object, braces within its texts left out. */
    private static int endOf(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }
}
