package dev.melt.core.store;

import dev.melt.core.event.Event;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Phase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How each kind of event lies in the columns of table {@code event}; a turn lies in a table of its own. */
final class EventRow {
    static final String INSERT = "INSERT INTO event (trial_id, position, name, turn, start_ns, end_ns, tokens,"
            + " cached_tokens, token_index, token_id, page_cache, phase, graph, tensor, type, shape, logits_ns)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String OP = "op:";

    private EventRow() {}

    static void bind(PreparedStatement row, String trialId, int position, Event event) throws SQLException {
        row.setString(1, trialId);
        row.setInt(2, position);
        row.setString(3, event.name());
        setInt(row, 4, event.turnIndex());
        row.setLong(5, event.startNanos());
        row.setLong(6, event.endNanos());
        for (int column = 7; column <= 17; column++) {
            row.setNull(column, Types.NULL);
        }
        if (event instanceof Event.Token token) {
            row.setInt(9, token.index());
            setInt(row, 10, token.id());
            if (token.logitsNanos().isPresent()) {
                row.setLong(17, token.logitsNanos().getAsLong());
            }
        } else if (event instanceof Event.Op op) {
            bindOp(row, op);
        } else if (event instanceof Event.Prefill prefill) {
            row.setInt(7, prefill.tokens());
            row.setInt(8, prefill.cached());
        } else if (event instanceof Event.Tokenize tokenize) {
            row.setInt(7, tokenize.tokens());
        } else if (event instanceof Event.Decode decode) {
            row.setInt(7, decode.steps());
        } else if (event instanceof Event.Load load) {
            row.setString(11, Columns.word(load.cache()));
        } else if (!isPlainSpan(event)) {
            throw new IllegalArgumentException("no columns for an event of kind " + event.name());
        }
    }

    /** Whether the columns that every event has say all. */
    private static boolean isPlainSpan(Event event) {
        return event instanceof Event.GraphPrepare
                || event instanceof Event.ContextCreated
                || event instanceof Event.WarmUp;
    }

    private static void bindOp(PreparedStatement row, Event.Op op) throws SQLException {
        row.setString(12, Columns.word(op.phase()));
        row.setInt(13, op.graph());
        row.setString(14, op.tensor());
        row.setString(15, op.type());
        row.setString(16, op.shape());
    }

    private static void setInt(PreparedStatement row, int column, OptionalInt value) throws SQLException {
        if (value.isPresent()) {
            row.setInt(column, value.getAsInt());
        } else {
            row.setNull(column, Types.INTEGER);
        }
    }

    /** From the columns trial_id, name, turn, start_ns, ... in the order of {@link #INSERT} without position. */
    static Event read(ResultSet row) throws SQLException {
        String name = row.getString(2);
        int turn = row.getInt(3);
        long start = row.getLong(4);
        long end = row.getLong(5);
        return switch (name) {
            case "load" -> new Event.Load(start, end, word(PageCache.class, row.getString(10)));
            case "context" -> new Event.ContextCreated(start, end);
            case "warmup" -> new Event.WarmUp(start, end);
            case "graph_prepare" -> new Event.GraphPrepare(start, end);
            case "tokenize" -> new Event.Tokenize(turn, start, end, row.getInt(6));
            case "prefill" -> new Event.Prefill(turn, start, end, row.getInt(6), row.getInt(7));
            case "decode" -> new Event.Decode(turn, start, end, row.getInt(6));
            case "token" -> new Event.Token(turn, row.getInt(8), end, optional(row, 9), optionalLong(row, 16));
            default -> op(row, name, turn, start, end);
        };
    }

    private static Event op(ResultSet row, String name, int turn, long start, long end) throws SQLException {
        if (!name.startsWith(OP)) {
            throw new IllegalStateException("the store holds an event of unknown kind " + name);
        }
        return new Event.Op(
                turn,
                word(Phase.class, row.getString(11)),
                row.getInt(12),
                name.substring(OP.length()),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                start,
                end);
    }

    private static OptionalInt optional(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalLong optionalLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static <E extends Enum<E>> E word(Class<E> family, @Nullable String word) {
        if (word == null) {
            throw new IllegalStateException("the store holds an event without its " + family.getSimpleName());
        }
        return Enum.valueOf(family, word.toUpperCase(Locale.ROOT));
    }
}
