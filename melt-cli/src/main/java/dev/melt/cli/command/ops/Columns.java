package dev.melt.cli.command.ops;

import dev.melt.cli.text.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The columns of one kind of row, declared once for tables, CSV and JSON. Programs get exact nanoseconds, people
 * milliseconds. Immutable after the last column was added.
 *
 * @param <T> what a row is made from
 */
final class Columns<T> {
    private static final int SHARE_PLACES = 9;
    private static final String NONE = "-";

    private record Column<T>(
            String key,
            String heading,
            Table.Align align,
            Function<T, Optional<?>> value,
            Function<Object, String> text) {}

    private final List<Column<T>> columns = new ArrayList<>();

    Columns<T> words(String key, Function<T, Optional<String>> value) {
        columns.add(new Column<>(key, key, Table.Align.LEFT, value::apply, String::valueOf));
        return this;
    }

    Columns<T> whole(String key, Function<T, OptionalLong> value) {
        columns.add(new Column<>(
                key,
                key,
                Table.Align.RIGHT,
                row -> value.apply(row).stream().boxed().findFirst(),
                String::valueOf));
        return this;
    }

    /** Whole nanoseconds under {@code NAME_ns}, milliseconds for people. */
    Columns<T> nanos(String name, Function<T, OptionalLong> value) {
        columns.add(new Column<>(
                name + "_ns",
                name + " ms",
                Table.Align.RIGHT,
                row -> value.apply(row).stream().boxed().findFirst(),
                nanos -> places(BigDecimal.valueOf((Long) nanos, 6), 3)));
        return this;
    }

    /** Nanoseconds with fractions under {@code NAME_ns}, microseconds for people. */
    Columns<T> meanNanos(String name, Function<T, OptionalDouble> value) {
        columns.add(new Column<>(
                name + "_ns",
                name + " us",
                Table.Align.RIGHT,
                row -> value.apply(row).stream()
                        .mapToObj(mean -> decimal(mean, 3))
                        .findFirst(),
                nanos -> places(((BigDecimal) nanos).movePointLeft(3), 1)));
        return this;
    }

    /** A part of 1, percent for people. */
    Columns<T> share(String key, Function<T, OptionalDouble> value) {
        columns.add(new Column<>(
                key,
                key,
                Table.Align.RIGHT,
                row -> value.apply(row).stream()
                        .mapToObj(part -> decimal(part, SHARE_PLACES))
                        .findFirst(),
                part -> places(((BigDecimal) part).movePointRight(2), 1) + " %"));
        return this;
    }

    private static BigDecimal decimal(double value, int places) {
        return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
    }

    private static String places(BigDecimal value, int places) {
        return value.setScale(places, RoundingMode.HALF_UP).toPlainString();
    }

    List<String> keys() {
        return columns.stream().map(Column::key).toList();
    }

    /** The cells for programs; empty text where there is nothing. */
    List<String> cells(T row) {
        List<String> cells = new ArrayList<>(columns.size());
        for (Column<T> column : columns) {
            cells.add(column.value().apply(row).map(Columns::plain).orElse(""));
        }
        return cells;
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    Map<String, Object> object(T row) {
        Map<String, Object> object = new LinkedHashMap<>();
        columns.forEach(column -> column.value().apply(row).ifPresent(value -> object.put(column.key(), value)));
        return object;
    }

    /** For people; columns in which no row has anything are left out. */
    Table table(List<T> rows) {
        List<Column<T>> shown = columns.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> column.value().apply(row).isPresent()))
                .toList();
        Table table = new Table();
        shown.forEach(column -> table.column(column.heading(), column.align()));
        for (T row : rows) {
            table.row(shown.stream()
                    .map(column -> column.value().apply(row).map(column.text()).orElse(NONE))
                    .toList());
        }
        return table;
    }
}
