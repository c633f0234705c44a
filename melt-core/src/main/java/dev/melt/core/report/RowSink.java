package dev.melt.core.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Takes a table value by value, in the order of its columns, and an end after each row. Used by one thread.
 *
 * <p>What cannot be written is an {@link java.io.UncheckedIOException}.
 */
interface RowSink {
    void text(String value);

    void integer(long value);

    void real(double value);

    void flag(boolean value);

    void map(SortedMap<String, String> value);

    void list(List<String> value);

    /** There is no value: a cell without content. */
    void absent();

    void endRow();

    /** Everything that was taken is with the file. */
    void flush();

    default void text(Optional<String> value) {
        value.ifPresentOrElse(this::text, this::absent);
    }

    default void integer(OptionalInt value) {
        value.ifPresentOrElse(this::integer, this::absent);
    }

    default void integer(OptionalLong value) {
        value.ifPresentOrElse(this::integer, this::absent);
    }

    default void real(OptionalDouble value) {
        value.ifPresentOrElse(this::real, this::absent);
    }
}
