package dev.melt.core.parse;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** One entry of a list among the facts, while it is filled. What is absent leaves no key. Not thread-safe. */
public final class FactRow {
    private final SortedMap<String, Fact> facts = new TreeMap<>();

    public FactRow with(String key, String value) {
        facts.put(key, new Fact.Text(value));
        return this;
    }

    public FactRow with(String key, Optional<String> value) {
        value.ifPresent(text -> with(key, text));
        return this;
    }

    public FactRow with(String key, long value) {
        facts.put(key, new Fact.Whole(value));
        return this;
    }

    public FactRow with(String key, OptionalLong value) {
        value.ifPresent(number -> with(key, number));
        return this;
    }

    public FactRow with(String key, OptionalDouble value) {
        value.ifPresent(number -> facts.put(key, new Fact.Decimal(number)));
        return this;
    }

    SortedMap<String, Fact> facts() {
        return facts;
    }
}
