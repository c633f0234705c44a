package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * The property lists in XML that stand in a text, with what stands around them.
 *
 * @param roots what each holds: a map, a list, or a single value
 * @param around lines before, between and behind them
 * @param skipped lines within them that could not be read
 */
record PlistText(List<Object> roots, List<String> around, long skipped) {
    private static final String BEGIN = "<plist";
    private static final String END = "</plist>";

    PlistText {
        roots = List.copyOf(roots);
        around = List.copyOf(around);
    }

    static boolean isIn(SourceText text) {
        return text.has(line -> line.contains(BEGIN) || line.contains(END));
    }

    /**
     * Reads all of them. Nothing that a document type declares is looked at, and nothing is fetched.
     *
     * @throws UnknownOutputException where one declares entities, breaks off, or does not close what it opens
     */
    static PlistText read(SourceText text) throws UnknownOutputException {
        List<Object> roots = new ArrayList<>();
        List<String> around = new ArrayList<>();
        long skipped = 0;
        List<String> body = new ArrayList<>();
        for (String line : text.lines()) {
            if (line.contains("<!ENTITY")) {
                throw new UnknownOutputException(
                        "a property list without entities of its own expected, '<!ENTITY' found");
            }
            int begin = body.isEmpty() ? line.indexOf(BEGIN) : 0;
            if (begin < 0) {
                if (!isPreamble(line.strip())) {
                    around.add(line);
                }
                continue;
            }
            int end = line.indexOf(END, begin);
            body.add(end < 0 ? line.substring(begin) : line.substring(begin, end + END.length()));
            if (end >= 0) {
                PlistReader reader = new PlistReader(text);
                body.forEach(reader::take);
                roots.addAll(reader.root());
                skipped += reader.skipped();
                body.clear();
            }
        }
        if (!body.isEmpty()) {
            throw text.cutOff("'" + END + "'");
        }
        return new PlistText(roots, around, skipped);
    }

    private static boolean isPreamble(String line) {
        return line.isEmpty() || line.startsWith("<?xml ") || line.startsWith("<!DOCTYPE plist ");
    }

    /** Trees among the roots. */
    List<PropertyTree> trees() {
        return roots.stream().flatMap(root -> PropertyTree.of(root).stream()).toList();
    }
}
