package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Keys and values of a property list or a JSON object, whichever tool wrote it: text, numbers, true or false, lists, and further
 * trees as maps. Immutable as far as the values are.
 */
record PropertyTree(SortedMap<String, Object> values) {
    static final PropertyTree EMPTY = new PropertyTree(new TreeMap<>());

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,30}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,3})?");

    PropertyTree {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The entries that have a value. */
    static PropertyTree of(Map<?, ?> map) {
        SortedMap<String, Object> values = new TreeMap<>();
        map.forEach((key, value) -> {
            if (key != null && value != null) {
                values.put(key.toString(), value);
            }
        });
        return new PropertyTree(values);
    }

    /** Of what stands in a tree; empty where that is no tree. */
    static Optional<PropertyTree> of(Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(of(map)) : Optional.empty();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Object> value(String key) {
        return Optional.ofNullable(values.get(requireNonNull(key, "key")));
    }

    Optional<PropertyTree> child(String key) {
        return value(key).flatMap(PropertyTree::of);
    }

    /** The tree below all these keys, one within the other. */
    Optional<PropertyTree> at(String... path) {
        Optional<PropertyTree> at = Optional.of(this);
        for (String key : path) {
            at = at.flatMap(tree -> tree.child(key));
        }
        return at;
    }

    Optional<String> text(String key) {
        return value(key)
                .filter(value ->
                        !(value instanceof Map<?, ?> || value instanceof Iterable<?> || value instanceof Object[]))
                .map(Object::toString);
    }

    /** A whole number; of one beyond 64 bits with a sign the lowest 64. */
    OptionalLong whole(String key) {
        Optional<Object> value = value(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof BigInteger || value.get() instanceof Long || value.get() instanceof Integer) {
            return OptionalLong.of(((Number) value.get()).longValue());
        }
        if (value.get() instanceof String word && WHOLE.matcher(word).matches()) {
            return OptionalLong.of(new BigInteger(word).longValue());
        }
        OptionalDouble decimal = decimal(key);
        return decimal.isPresent() && decimal.getAsDouble() == Math.rint(decimal.getAsDouble())
                ? OptionalLong.of((long) decimal.getAsDouble())
                : OptionalLong.empty();
    }

    /** A finite number. */
    OptionalDouble decimal(String key) {
        return value(key).stream()
                .filter(value -> value instanceof Number
                        || (value instanceof String word
                                && DECIMAL.matcher(word).matches()))
                .mapToDouble(value -> Double.parseDouble(value.toString()))
                .filter(Double::isFinite)
                .findFirst();
    }

    Optional<Boolean> flag(String key) {
        return value(key).map(Object::toString).flatMap(word -> switch (word) {
            case "true", "True", "Yes", "1" -> Optional.of(true);
            case "false", "False", "No", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }
}
