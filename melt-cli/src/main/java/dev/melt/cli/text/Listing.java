package dev.melt.cli.text;

import dev.melt.cli.Session;
import dev.melt.cli.Terminal;
import dev.melt.cli.text.Table.Align;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of a list, declared once: the table for people and the JSON for programs both walk them. Immutable after the
 * last column was added.
 *
 * @param <T> what a row is made from
 */
public final class Listing<T> {
    /** @param value of a row for JSON; empty when the row has none */
    private record Column<T>(
            String name, Align align, Function<T, Optional<?>> value, Function<T, String> text, Reader reader) {}

    private enum Reader {
        BOTH,
        PERSON,
        PROGRAM
    }

    private static final String NONE = "-";

    private final List<Column<T>> columns = new ArrayList<>();

    /** A column of words; {@code name} is heading and JSON key. */
    public Listing<T> words(String name, Function<T, String> value) {
        columns.add(new Column<>(name, Align.LEFT, row -> Optional.of(value.apply(row)), value, Reader.BOTH));
        return this;
    }

    /** A column of words that not every row has. */
    public Listing<T> maybeWords(String name, Function<T, Optional<String>> value) {
        columns.add(new Column<>(
                name,
                Align.LEFT,
                row -> value.apply(row),
                row -> value.apply(row).orElse(NONE),
                Reader.BOTH));
        return this;
    }

    /** A column of figures, raw in JSON and as {@code text} writes them in the table. */
    public <N extends Number> Listing<T> figures(
            String name, Function<T, Optional<N>> value, Function<N, String> text) {
        columns.add(new Column<>(
                name,
                Align.RIGHT,
                row -> value.apply(row),
                row -> value.apply(row).map(text).orElse(NONE),
                Reader.BOTH));
        return this;
    }

    /** What is in the JSON only: lists, maps, long texts. */
    public Listing<T> jsonOnly(String name, Function<T, ?> value) {
        columns.add(new Column<>(name, Align.LEFT, row -> Optional.of(value.apply(row)), row -> NONE, Reader.PROGRAM));
        return this;
    }

    /** What people read in another form than programs do. */
    public Listing<T> tableOnly(String name, Function<T, String> text) {
        columns.add(new Column<>(name, Align.LEFT, row -> Optional.empty(), text, Reader.PERSON));
        return this;
    }

    /** The rows as JSON has them, for a list inside another object. */
    public List<Map<String, Object>> objects(List<T> rows) {
        return rows.stream().map(this::object).toList();
    }

    /** Writes the rows; {@code ifNone} tells people how to get the first one. */
    public void print(Session session, List<T> rows, boolean json, String ifNone) {
        if (json) {
            JsonOut.print(session.out(), objects(rows));
        } else if (rows.isEmpty()) {
            session.say(ifNone);
        } else {
            Terminal terminal = session.terminal();
            table(rows).print(session.out(), terminal.columns(), terminal.color());
        }
    }

    private Table table(List<T> rows) {
        List<Column<T>> shown = columns.stream()
                .filter(column -> column.reader() != Reader.PROGRAM)
                .toList();
        Table table = new Table();
        shown.forEach(column -> table.column(column.name().replace('_', ' '), column.align()));
        for (T row : rows) {
            table.row(shown.stream().map(column -> column.text().apply(row)).toList());
        }
        return table;
    }

    private Map<String, Object> object(T row) {
        Map<String, Object> object = new LinkedHashMap<>();
        columns.forEach(column -> column.value().apply(row).ifPresent(value -> object.put(column.name(), value)));
        return object;
    }
}
