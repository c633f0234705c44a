package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one property list in XML line by line, so that a damaged line costs that line. It knows no document types, no entities but
 * XML's own five, and nests by a list of its own, not by calls. Not thread-safe; one for each list.
 */
final class PlistReader {
    private static final int DEEPEST = 200;
    private static final Pattern TOKEN = Pattern.compile("<[^<>]{0,500}+>|[^<]++|<");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z]{1,10})((?:\\s[^<>/]*+)?)(/?)>");

    private final SourceText text;
    private final Deque<PlistNode> open = new ArrayDeque<>();
    private final PlistNode top = PlistNode.list(true);
    private Optional<PlistLeaf> leaf = Optional.empty();
    private boolean comment;
    private boolean unbalanced;
    private long skipped;
    private boolean damaged;

    PlistReader(SourceText text) {
        this.text = text;
        open.push(top);
    }

    void take(String line) {
        damaged = false;
        if (leaf.isPresent()) {
            leaf.get().add("\n");
        }
        Matcher tokens = TOKEN.matcher(withoutComments(line));
        while (tokens.find()) {
            token(tokens.group());
        }
        skipped += damaged ? 1 : 0;
    }

    private String withoutComments(String line) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            int next = comment ? line.indexOf("-->", at) : leaf.isPresent() ? -1 : line.indexOf("<!--", at);
            int end = next < 0 ? line.length() : next;
            if (!comment) {
                plain.append(line, at, end);
            }
            at = next < 0 ? end : comment ? end + 3 : end + 4;
            comment ^= next >= 0;
        }
        return plain.toString();
    }

    private void token(String token) {
        Matcher tag = TAG.matcher(token);
        if (tag.matches()) {
            tag(tag.group(2), !tag.group(1).isEmpty(), !tag.group(4).isEmpty());
        } else if (leaf.isPresent() && !token.startsWith("<")) {
            leaf.get().add(token);
        } else if (!token.isBlank()) {
            damaged = true;
            leaf = Optional.empty();
        }
    }

    private void tag(String name, boolean closes, boolean empty) {
        if (leaf.isPresent()) {
            PlistLeaf whole = leaf.get();
            leaf = Optional.empty();
            if (closes && whole.name().equals(name)) {
                end(whole);
                return;
            }
            damaged = true;
        }
        if (name.equals("plist")) {
            return;
        }
        boolean holds = name.equals("dict") || name.equals("array");
        if (holds && !closes) {
            begin(name.equals("dict"), empty);
        } else if (holds) {
            close(name.equals("dict"));
        } else if (closes || !PlistLeaf.NAMES.contains(name)) {
            damaged = true;
        } else if (empty) {
            end(new PlistLeaf(name));
        } else {
            leaf = Optional.of(new PlistLeaf(name));
        }
    }

    private void begin(boolean dict, boolean empty) {
        PlistNode parent = open.element();
        boolean kept = parent.awaitsValue();
        damaged |= !kept;
        PlistNode child = dict ? PlistNode.dict(kept) : PlistNode.list(kept);
        parent.put(child.value());
        if (!empty && open.size() < DEEPEST) {
            open.push(child);
        } else if (!empty) {
            unbalanced = true;
        }
    }

    private void close(boolean dict) {
        if (open.size() < 2 || open.element().isDict() != dict) {
            unbalanced = true;
            return;
        }
        damaged |= open.pop().hasKeyWithoutValue();
    }

    private void end(PlistLeaf whole) {
        PlistNode parent = open.element();
        if (whole.name().equals("key")) {
            damaged |= !parent.key(whole.words());
            return;
        }
        Optional<Object> value = whole.value();
        if (value.isEmpty() || !parent.awaitsValue()) {
            damaged = true;
            parent.dropKey();
        } else {
            parent.put(value.get());
        }
    }

    /**
     * What is in it: one value, or none.
     *
     * @throws UnknownOutputException where what is opened and what is closed do not fit, or lies too deep
     */
    List<Object> root() throws UnknownOutputException {
        if (unbalanced || open.size() != 1 || leaf.isPresent() || comment) {
            throw text.unlike("a property list that closes what it opens, at most " + DEEPEST + " deep");
        }
        return new ArrayList<>(top.items());
    }

    long skipped() {
        return skipped;
    }
}
