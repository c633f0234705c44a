package dev.melt.ios.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list or a dictionary of a property list while it is filled. Not thread-safe. */
final class PlistNode {
    private final boolean dict;
    private final boolean kept;
    private final Map<String, Object> entries = new LinkedHashMap<>();
    private final List<Object> items = new ArrayList<>();
    private Optional<String> key = Optional.empty();

    private PlistNode(boolean dict, boolean kept) {
        this.dict = dict;
        this.kept = kept;
    }

    /** One whose own key was lost is filled too, so that its end is found, and belongs to nothing. */
    static PlistNode dict(boolean kept) {
        return new PlistNode(true, kept);
    }

    static PlistNode list(boolean kept) {
        return new PlistNode(false, kept);
    }

    boolean isDict() {
        return dict;
    }

    Object value() {
        return dict ? entries : items;
    }

    List<Object> items() {
        return items;
    }

    /** Takes a key; false where the key before it has got no value, or where no keys belong. */
    boolean key(String name) {
        boolean fits = dict && key.isEmpty();
        key = dict ? Optional.of(name) : key;
        return fits;
    }

    void dropKey() {
        key = Optional.empty();
    }

    boolean hasKeyWithoutValue() {
        return key.isPresent();
    }

    boolean awaitsValue() {
        return !dict || key.isPresent();
    }

    /** Takes a value; the first of a key counts, and one without a key is lost. */
    void put(Object value) {
        if (dict) {
            key.filter(name -> kept).ifPresent(name -> entries.putIfAbsent(name, value));
            key = Optional.empty();
        } else {
            items.add(value);
        }
    }
}
