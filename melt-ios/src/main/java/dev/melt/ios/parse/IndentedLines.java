package dev.melt.ios.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Key: value} with one blank more for each level within: a tree is a key without value, an array {@code Key[n]:} with items
 * {@code 0: ...} below it. Not thread-safe.
 */
final class IndentedLines {
    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z0-9][\\w.+/-]{0,80})(\\[\\d{1,6}])?:(?: (.*))?");
    private static final Pattern SHOUT = Pattern.compile("[A-Z]{4,}");
    private static final int DEEPEST = 50;

    private final Map<String, String> values;
    private final Map<String, List<SortedMap<String, String>>> lists;
    private final Set<String> keys = new TreeSet<>();
    private final Deque<Level> levels = new ArrayDeque<>();

    IndentedLines(Map<String, String> values, Map<String, List<SortedMap<String, String>>> lists) {
        this.values = values;
        this.lists = lists;
    }

    /**
     * What a line with nothing behind its key begins.
     *
     * @param path of keys, with a dot behind
     * @param into where its values go
     * @param list the array whose items stand below
     */
    private record Level(int indent, String path, Map<String, String> into, Optional<String> list) {}

    /** Takes a line; false where it is none of these. */
    boolean take(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || SHOUT.matcher(parts.group(2)).matches()) {
            return false;
        }
        int indent = parts.group(1).length();
        String key = parts.group(2);
        while (!levels.isEmpty() && levels.element().indent() >= indent) {
            levels.pop();
        }
        Level in = levels.isEmpty() ? new Level(-1, "", values, Optional.empty()) : levels.element();
        if (levels.isEmpty()) {
            keys.add(key);
        }
        String word = Optional.ofNullable(parts.group(4)).orElse("").stripTrailing();
        if (in.list().isPresent()) {
            item(in.list().get(), indent, word);
        } else if (parts.group(3) != null) {
            push(new Level(indent, in.path(), in.into(), Optional.of(in.path() + key)));
        } else if (word.isEmpty()) {
            push(new Level(indent, in.path() + key + ".", in.into(), Optional.empty()));
        } else {
            in.into().putIfAbsent(in.path() + key, word);
        }
        return true;
    }

    private void item(String list, int indent, String word) {
        SortedMap<String, String> item = new TreeMap<>();
        lists.computeIfAbsent(list, any -> new ArrayList<>()).add(item);
        if (word.isEmpty()) {
            push(new Level(indent, "", item, Optional.empty()));
        } else {
            item.put(IdeviceInfo.ITEM, word);
        }
    }

    private void push(Level level) {
        if (levels.size() < DEEPEST) {
            levels.push(level);
        }
    }

    /** Keys that stand outside any tree. */
    Set<String> keys() {
        return Set.copyOf(keys);
    }
}
