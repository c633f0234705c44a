package dev.melt.core.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.util.Map;

/**
 * One configuration file as a tree that still knows at which line each key and value stood, so that a fault found later
 * can be shown where a person can mend it. Do not change the tree; then it is safe to share between threads.
 */
public final class ConfigDocument {
    private final String name;
    private final String source;
    private final JsonNode root;
    private final Map<JsonPointer, Mark> keys;
    private final Map<JsonPointer, Mark> values;

    ConfigDocument(
            String name, String source, JsonNode root, Map<JsonPointer, Mark> keys, Map<JsonPointer, Mark> values) {
        this.name = requireNonNull(name, "name");
        this.source = requireNonNull(source, "source");
        this.root = requireNonNull(root, "root");
        this.keys = Map.copyOf(keys);
        this.values = Map.copyOf(values);
    }

    /** What a person calls it: the file's name without its ending. */
    public String name() {
        return name;
    }

    /** The file, as a message shows it. */
    public String source() {
        return source;
    }

    public JsonNode root() {
        return root;
    }

    /** The whole as a record whose components are called as the keys are; what its checks refuse is told with the line. */
    public <T> T as(Class<T> type) {
        return ConfigBinding.bind(this, type);
    }

    /** Where the value stands, or for one that is missing, the nearest that holds it. */
    public Mark markOf(JsonPointer value) {
        return nearestIn(values, value);
    }

    /** Where the key of a value stands, or for one that is missing, the nearest value that holds it. */
    public Mark markOfKey(JsonPointer value) {
        Mark key = keys.get(value);
        return key == null ? markOf(value) : key;
    }

    /** The complaint that a value cannot be used, with file, line, column and key path before it. */
    public InvalidInputException fault(JsonPointer value, String expectation, String finding, String remedy) {
        return new InvalidInputException(subject(markOf(value), value), expectation, finding, remedy);
    }

    /** The same, pointing at the key. */
    public InvalidInputException keyFault(JsonPointer value, String expectation, String finding, String remedy) {
        return new InvalidInputException(subject(markOfKey(value), value), expectation, finding, remedy);
    }

    /** What another part of MELT found wrong with a value, told where the value stands. */
    public InvalidInputException fault(JsonPointer value, InvalidInputException cause) {
        Problem problem = cause.problem();
        return new InvalidInputException(
                new Problem(
                        subject(markOf(value), value) + " (" + problem.subject() + ")",
                        problem.expectation(),
                        problem.finding(),
                        problem.remedy()),
                cause);
    }

    private String subject(Mark mark, JsonPointer value) {
        String path = KeyPath.of(value);
        return source + ":" + mark + (path.isEmpty() ? "" : " " + path);
    }

    private static Mark nearestIn(Map<JsonPointer, Mark> marks, JsonPointer pointer) {
        for (JsonPointer at = pointer; at != null; at = at.head()) {
            Mark mark = marks.get(at);
            if (mark != null) {
                return mark;
            }
        }
        return Mark.START;
    }
}
