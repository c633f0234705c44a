package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of a memory table.
 *
 * @param name as printed: {@code Native Heap}, {@code GL mtrack}, {@code TOTAL}, ...
 * @param bytes by the words above the column: {@code Pss Total}, {@code Private Dirty}, {@code Heap Size}, ...
 */
public record MemoryRow(String name, Map<String, Long> bytes) {
    public MemoryRow {
        requireNonNull(name, "name");
        bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
    }
}
