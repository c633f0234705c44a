package dev.melt.core.accuracy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** One line of a data set: an object whose fields are called as in the set that lm-evaluation-harness reads. */
final class DataRow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String where;
    private final JsonNode node;

    private DataRow(String where, JsonNode node) {
        this.where = where;
        this.node = node;
    }

    /**
     * Reads a line.
     *
     * @param where {@code FILE:LINE}, for complaints
     */
    static DataRow parse(String where, String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node == null || !node.isObject()) {
                throw new InvalidInputException(
                        where, "one JSON object in a line expected", "something else found", "write JSON Lines");
            }
            return new DataRow(where, node);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    where, "one JSON object in a line expected", e.getOriginalMessage(), "write JSON Lines");
        }
    }

    /** The object in a field. */
    DataRow object(String name) {
        JsonNode found = field(name);
        if (!found.isObject()) {
            throw wrong(name, "an object");
        }
        return new DataRow(where, found);
    }

    String text(String name) {
        JsonNode found = field(name);
        if (!found.isTextual()) {
            throw wrong(name, "a text");
        }
        return found.textValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode found = field(name);
        found.forEach(element -> {
            if (!element.isTextual()) {
                throw wrong(name, "texts only");
            }
            texts.add(element.textValue());
        });
        if (!found.isArray() || texts.isEmpty()) {
            throw wrong(name, "a list of texts");
        }
        return texts;
    }

    List<Integer> numbers(String name) {
        List<Integer> numbers = new ArrayList<>();
        JsonNode found = field(name);
        found.forEach(element -> {
            if (!element.isIntegralNumber()) {
                throw wrong(name, "whole numbers only");
            }
            numbers.add(element.intValue());
        });
        if (!found.isArray()) {
            throw wrong(name, "a list of whole numbers");
        }
        return numbers;
    }

    /** A number below {@code bound}, written as such or as a text. */
    int index(String name, int bound) {
        String written = field(name).asText();
        if (!written.matches("[0-9]{1,6}") || Integer.parseInt(written) >= bound) {
            throw wrong(name, "a number from 0 to " + (bound - 1));
        }
        return Integer.parseInt(written);
    }

    /** Where the text of a field stands among {@code labels}. */
    int indexAmong(String name, List<String> labels) {
        int found = labels.indexOf(text(name).strip());
        if (found < 0) {
            throw wrong(name, "one of " + String.join(", ", labels));
        }
        return found;
    }

    InvalidInputException wrong(String name, String expected) {
        JsonNode found = node.path(name);
        String shown = found.isMissingNode() ? "no such field found" : "found " + brief(found.toString());
        return new InvalidInputException(
                where,
                "field '" + name + "' with " + expected + " expected",
                shown,
                "the fields are those of the data set that lm-evaluation-harness reads");
    }

    private JsonNode field(String name) {
        JsonNode found = node.get(name);
        if (found == null || found.isNull()) {
            throw wrong(name, "a value");
        }
        return found;
    }

    private static String brief(String json) {
        return json.length() > 60 ? json.substring(0, 60) + "..." : json;
    }
}
