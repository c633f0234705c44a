package dev.melt.core.parse;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One thing that holds for a whole saved file. Immutable. */
public sealed interface Fact {
    /** As a script reads it: text, a number, true or false, or a list of objects. */
    Object json();

    /** Words. */
    record Text(String value) implements Fact {
        public Text {
            requireNonNull(value, "value");
        }

        @Override
        public Object json() {
            return value;
        }
    }

    /** A whole number without a unit, such as a count or an identifier. */
    record Whole(long value) implements Fact {
        @Override
        public Object json() {
            return value;
        }
    }

    /** A number; its key or a neighbour names the unit. */
    record Decimal(double value) implements Fact {
        public Decimal {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a fact must be finite, was " + value);
            }
        }

        @Override
        public Object json() {
            return value;
        }
    }

    /** Whether something is so. */
    record Flag(boolean value) implements Fact {
        @Override
        public Object json() {
            return value;
        }
    }

    /** Several things of one kind, in the order of the file. */
    record Rows(List<SortedMap<String, Fact>> rows) implements Fact {
        public Rows {
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableSortedMap(new TreeMap<>(row)))
                    .toList();
        }

        @Override
        public Object json() {
            return rows.stream().map(Rows::json).toList();
        }

        private static SortedMap<String, Object> json(SortedMap<String, Fact> row) {
            SortedMap<String, Object> json = new TreeMap<>();
            row.forEach((key, fact) -> json.put(key, fact.json()));
            return json;
        }
    }
}
