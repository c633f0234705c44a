package dev.melt.core.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One violation of a schema, put into words that name what a person wrote, where, and what belongs there. */
record SchemaFault(ConfigDocument document, JsonNode schema, JsonPointer at, Error error) {
    private static final int LONGEST_QUOTE = 60;

    Mark mark() {
        return isUnknownKey() ? document.markOfKey(at.appendProperty(error.getProperty())) : document.markOf(at);
    }

    InvalidInputException complaint() {
        if (isUnknownKey()) {
            return unknownKey();
        }
        return switch (error.getKeyword()) {
            case "required" -> missingKey();
            case "enum" -> notOneOf();
            default -> document.fault(at, expectation(), found(), description(declared(), KeyPath.of(at)));
        };
    }

    private boolean isUnknownKey() {
        return error.getProperty() != null && error.getKeyword().endsWith("Properties");
    }

    private InvalidInputException unknownKey() {
        List<String> known = new ArrayList<>();
        declared().path("properties").fieldNames().forEachRemaining(known::add);
        List<String> near = Nearest.of(error.getProperty(), known);
        String remedy = near.isEmpty() ? "take it out" : "did you mean '" + near.get(0) + "'?";
        return document.keyFault(
                at.appendProperty(error.getProperty()),
                "one of the keys " + String.join(", ", known) + " needed",
                "'" + error.getProperty() + "' found",
                remedy);
    }

    private InvalidInputException missingKey() {
        String key = error.getProperty();
        return document.fault(
                at,
                "the key '" + key + "' needed",
                "it is missing",
                description(declared().path("properties").path(key), "add it: '" + key + "'"));
    }

    private InvalidInputException notOneOf() {
        List<String> allowed = new ArrayList<>();
        error.getSchemaNode().forEach(value -> allowed.add(value.asText()));
        List<String> near = Nearest.of(value().asText(), allowed);
        return document.fault(
                at,
                "one of " + String.join(", ", allowed) + " needed",
                found(),
                near.isEmpty() ? "take one of them" : "did you mean '" + near.get(0) + "'?");
    }

    private String expectation() {
        String limit =
                error.getSchemaNode() == null ? "" : error.getSchemaNode().asText();
        return switch (error.getKeyword()) {
            case "type" -> noun(limit) + " needed";
            case "const" -> "'" + limit + "' needed";
            case "minimum" -> "at least " + limit + " needed";
            case "maximum" -> "at most " + limit + " allowed";
            case "minItems", "maxItems" -> count(limit, "entries", "entry");
            case "minLength", "maxLength" -> count(limit, "characters", "character");
            case "minProperties", "maxProperties" -> count(limit, "keys", "key");
            case "uniqueItems" -> "no entry twice needed";
            case "pattern" -> "text of another form needed";
            case "oneOf", "anyOf" -> "exactly one of the documented forms needed";
            case "not" -> "other keys needed";
            default -> error.getMessage();
        };
    }

    private String count(String limit, String many, String one) {
        String bound = error.getKeyword().startsWith("min") ? "at least " : "at most ";
        return bound + limit + " " + (limit.equals("1") ? one : many) + " needed";
    }

    /** The schema's own words for what belongs here; every key of MELT's schemas has them. */
    private static String description(JsonNode declared, String intro) {
        String words = declared.path("description").asText("");
        return words.isEmpty() ? intro + ": see docs/reference" : intro + " is " + words;
    }

    /** The part of the schema that holds the violated keyword. */
    private JsonNode declared() {
        JsonPointer keyword = ConfigSchema.pointer(error.getSchemaLocation().getFragment());
        JsonPointer holder = keyword.head();
        return holder == null ? schema : schema.at(holder);
    }

    private JsonNode value() {
        return document.root().at(at);
    }

    private String found() {
        JsonNode value = value();
        String kind = noun(value.getNodeType().name().toLowerCase(Locale.ROOT));
        return switch (value.getNodeType()) {
            case STRING -> "the text \"" + shortened(value.asText()) + "\" found";
            case NUMBER, BOOLEAN -> value.asText() + " found";
            case ARRAY -> "a list of " + value.size() + " found";
            default -> kind + " found";
        };
    }

    private static String shortened(String text) {
        int end = Math.min(text.length(), LONGEST_QUOTE);
        return end == text.length() ? text : text.substring(0, end) + "…";
    }

    private static String noun(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "keys with values";
            case "null" -> "nothing";
            default -> type;
        };
    }
}
