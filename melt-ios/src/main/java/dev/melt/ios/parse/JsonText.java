package dev.melt.ios.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of JSON that stand in a text, each on a line of its own or over many, with what stands around them.
 *
 * @param around lines that belong to none
 * @param skipped lines that are of an object, or should be one, and could not be read
 * @param breaksOff whether the text ends within one
 */
record JsonText(List<PropertyTree> trees, List<String> around, long skipped, boolean breaksOff) {
    private static final String WITHIN = "{}[],:\"-0123456789tfn";
    private static final int DEEPEST = 200;

    /** In characters; reports of phones are a hundredth of it. */
    private static final int LONGEST = 16 << 20;

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build()
            .readerFor(Map.class);

    JsonText {
        trees = List.copyOf(trees);
        around = List.copyOf(around);
    }

    /** Every object; nothing is refused. */
    static JsonText read(SourceText text) {
        Collector collector = new Collector();
        text.lines().forEach(collector::take);
        return collector.text();
    }

    /** An object that is alone on a line. */
    static Optional<PropertyTree> object(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            Object object = JSON.readValue(line);
            return PropertyTree.of(object);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static final class Collector {
        private final List<PropertyTree> trees = new ArrayList<>();
        private final List<String> around = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private long linesOpen;
        private int depth;
        private boolean quoted;
        private long skipped;

        void take(String line) {
            if (line.isBlank()) {
                return;
            }
            boolean another = depth > 0 && line.startsWith("{") && open.charAt(1) != '\n';
            if (another || open.length() > LONGEST) {
                giveUp();
            }
            if (depth == 0 && !line.strip().startsWith("{")) {
                around.add(line);
            } else if (depth > 0 && WITHIN.indexOf(line.strip().charAt(0)) < 0) {
                skipped++;
            } else {
                append(line.strip());
            }
        }

        private void append(String line) {
            linesOpen++;
            boolean escaped = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (depth > 0 || c == '{') {
                    open.append(c);
                    boolean escape = escaped;
                    escaped = quoted && c == '\\' && !escape;
                    nest(c, escape);
                }
            }
            open.append(depth > 0 ? "\n" : "");
            quoted = false; // no text goes over the end of a line
        }

        private void nest(char c, boolean escaped) {
            if (c == '"' && !escaped) {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
                if (depth == 0) {
                    close();
                }
            }
        }

        private void close() {
            Optional<PropertyTree> tree = object(open.toString().strip());
            tree.ifPresent(trees::add);
            skipped += tree.isPresent() ? 0 : linesOpen;
            clear();
        }

        private void giveUp() {
            skipped += linesOpen;
            clear();
        }

        private void clear() {
            open.setLength(0);
            linesOpen = 0;
            depth = 0;
        }

        JsonText text() {
            boolean breaksOff = depth > 0;
            return new JsonText(trees, around, skipped + (breaksOff ? linesOpen : 0), breaksOff);
        }
    }
}
