package dev.melt.core.store;

import dev.melt.core.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code turn} and {@code event}. */
final class EventRows {
    private static final int BATCH = 1000;
    private static final String COLUMNS = "SELECT e.trial_id, e.name, e.turn, e.start_ns, e.end_ns, e.tokens,"
            + " e.cached_tokens, e.token_index, e.token_id, e.page_cache, e.phase, e.graph, e.tensor, e.type, e.shape, e.logits_ns"
            + " FROM event e";

    private EventRows() {}

    static void insert(Handle handle, String trialId, List<Event> events) throws SQLException {
        Map<Integer, Event.Prefill> prefills = new HashMap<>();
        List<Event.Turn> turns = new ArrayList<>();
        try (PreparedStatement row = handle.getConnection().prepareStatement(EventRow.INSERT)) {
            int position = 0;
            for (Event event : events) {
                if (event instanceof Event.Turn turn) {
                    turns.add(turn);
                    continue;
                }
                if (event instanceof Event.Prefill prefill) {
                    prefills.put(prefill.turn(), prefill);
                }
                EventRow.bind(row, trialId, position++, event);
                row.addBatch();
                if (position % BATCH == 0) {
                    row.executeBatch();
                }
            }
            row.executeBatch();
        }
        for (Event.Turn turn : turns) {
            insertTurn(handle, trialId, turn, Optional.ofNullable(prefills.get(turn.turn())));
        }
    }

    private static void insertTurn(Handle handle, String trialId, Event.Turn turn, Optional<Event.Prefill> prefill) {
        handle.createUpdate("INSERT INTO turn (trial_id, turn, conversation, start_ns, end_ns, prompt_tokens,"
                        + " cached_tokens, generated_tokens, depth) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, trialId)
                .bind(1, turn.turn())
                .bind(2, turn.conversation())
                .bind(3, turn.startNanos())
                .bind(4, turn.endNanos())
                .bind(5, prefill.map(Event.Prefill::tokens))
                .bind(6, prefill.map(Event.Prefill::cached))
                .bind(7, turn.generated())
                .bind(8, turn.depth())
                .execute();
    }

    static List<StoredTurn> turnsOfRun(Handle handle, String runId) {
        return handle.createQuery("SELECT x.* FROM turn x JOIN trial ON trial.id = trial_id WHERE trial.run_id = ?"
                        + " ORDER BY trial.position, x.turn")
                .bind(0, runId)
                .map(EventRows::turn)
                .list();
    }

    static List<Event> ofTrial(Connection connection, String trialId) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM turn WHERE trial_id = ? ORDER BY turn")) {
            query.setString(1, trialId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    events.add(turnEvent(row));
                }
            }
        }
        stream(
                connection,
                COLUMNS + " WHERE e.trial_id = ? ORDER BY e.position",
                trialId,
                (id, event) -> events.add(event));
        return List.copyOf(events);
    }

    static void eachOfRun(Connection connection, String runId, EventSink sink) throws SQLException {
        stream(
                connection,
                COLUMNS + " JOIN trial ON trial.id = e.trial_id WHERE trial.run_id = ?"
                        + " ORDER BY trial.position, e.position",
                runId,
                sink);
    }

    private static void stream(Connection connection, String sql, String key, EventSink sink) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    sink.event(row.getString(1), EventRow.read(row));
                }
            }
        }
    }

    private static Event.Turn turnEvent(ResultSet row) throws SQLException {
        return new Event.Turn(
                row.getInt("turn"),
                row.getInt("conversation"),
                row.getLong("start_ns"),
                row.getLong("end_ns"),
                row.getInt("generated_tokens"),
                row.getInt("depth"));
    }

    private static StoredTurn turn(ResultSet row, StatementContext context) throws SQLException {
        OptionalInt prompt = Columns.integer(row, "prompt_tokens");
        OptionalInt cached = Columns.integer(row, "cached_tokens");
        return new StoredTurn(
                row.getString("trial_id"),
                row.getInt("turn"),
                row.getInt("conversation"),
                row.getLong("start_ns"),
                row.getLong("end_ns"),
                prompt,
                cached,
                row.getInt("generated_tokens"),
                row.getInt("depth"));
    }
}
