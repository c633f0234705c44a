package dev.melt.core.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads the part of YAML that means the same to everybody: one document of mappings, lists and scalars. Aliases (a few
 * lines of them unfold to gigabytes), tags, duplicate keys and numbers that are not plain decimals are refused, and so is
 * what is too large or too deep. One reader reads one text; it is not safe for threads.
 */
final class YamlReader {
    static final int MOST_CHARACTERS = 8 * 1024 * 1024;
    static final int MOST_VALUES = 100_000;
    static final int DEEPEST = 32;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .loaderOptions(options())
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern DECIMAL =
            Pattern.compile("-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,2})?");

    private final String source;
    private final YAMLParser parser;
    private final Map<JsonPointer, Mark> keys = new HashMap<>();
    private final Map<JsonPointer, Mark> values = new HashMap<>();

    private YamlReader(String source, YAMLParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /** Reads a whole text; {@code source} is how messages call the file. */
    static ConfigDocument read(String name, String source, String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlReader(source, parser).document(name);
        } catch (JsonProcessingException e) {
            throw syntaxFault(source, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory has nothing that could break
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        return options;
    }

    private ConfigDocument document(String name) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            String finding = first == null ? "the file is empty" : "something else found";
            throw fault(
                    JsonPointer.empty(), "keys with values needed", finding, "begin with a line such as 'kind: ...'");
        }
        JsonNode root = value(first, JsonPointer.empty(), 0);
        if (parser.nextToken() != null) {
            throw fault(
                    JsonPointer.empty(),
                    "one document a file needed",
                    "a second one begins here",
                    "put what follows into a file of its own");
        }
        return new ConfigDocument(name, source, root, keys, values);
    }

    private JsonNode value(JsonToken token, JsonPointer at, int depth) throws IOException {
        refuseWhatIsNotPlain(at, depth);
        values.put(at, here());
        return switch (token) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> list(at, depth);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(at);
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw fault(at, "plain YAML needed", "something else found", "put the value in quotes");
        };
    }

    private void refuseWhatIsNotPlain(JsonPointer at, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw fault(at, "at most " + DEEPEST + " levels allowed", "one more found", "make the file flatter");
        }
        if (values.size() >= MOST_VALUES) {
            throw fault(at, "at most " + MOST_VALUES + " values allowed", "one more found", "split the file");
        }
        if (parser.isCurrentAlias()) {
            throw fault(at, "plain YAML needed", "an alias found", "write the value out, or put it in quotes");
        }
        if (parser.getTypeId() != null) {
            throw fault(at, "plain YAML needed", "a tag found", "leave the tag out, or put the value in quotes");
        }
    }

    private ObjectNode mapping(JsonPointer at, int depth) throws IOException {
        ObjectNode mapping = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonPointer below = at.appendProperty(key);
            Mark earlier = keys.putIfAbsent(below, here());
            if (earlier != null) {
                throw fault(
                        below,
                        "each key once needed",
                        "a second '" + key + "' found, the first is in line " + earlier.line(),
                        "keep one of them");
            }
            mapping.set(key, value(parser.nextToken(), below, depth + 1));
        }
        return mapping;
    }

    private ArrayNode list(JsonPointer at, int depth) throws IOException {
        ArrayNode list = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(token, at.appendIndex(list.size()), depth + 1));
        }
        return list;
    }

    private JsonNode number(JsonPointer at) throws IOException {
        String digits = parser.getText();
        if (!DECIMAL.matcher(digits).matches()) {
            throw fault(
                    at,
                    "a plain decimal number needed",
                    "'" + digits + "' found",
                    "write it without prefix, underscore or leading zero, or in quotes if it is text");
        }
        BigDecimal number = new BigDecimal(digits);
        boolean whole = digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        return whole ? NODES.numberNode(number.longValueExact()) : NODES.numberNode(number);
    }

    private Mark here() {
        var location = parser.currentTokenLocation();
        return new Mark(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private InvalidInputException fault(JsonPointer at, String expectation, String finding, String remedy) {
        String path = KeyPath.of(at);
        String subject = source + ":" + here() + (path.isEmpty() ? "" : " " + path);
        return new InvalidInputException(subject, expectation, finding, remedy);
    }

    private static InvalidInputException syntaxFault(String source, JsonProcessingException e) {
        String remedy = "mend the line or the one before it; text with ': ', ' #' or a leading sign belongs in quotes";
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            var mark = marked.getProblemMark();
            String subject = source + ":" + new Mark(mark.getLine() + 1, mark.getColumn() + 1);
            return new InvalidInputException(subject, "YAML needed", marked.getProblem(), remedy);
        }
        var location = e.getLocation();
        Mark mark = location == null
                ? Mark.START
                : new Mark(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
        return new InvalidInputException(source + ":" + mark, "YAML needed", "something else found", remedy);
    }
}
