package dev.melt.core.store;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code channel} and {@code sample}, through plain JDBC: a run has millions of samples. */
final class SampleRows {
    /** One statement for many rows is twice as fast as a batch of single ones; more than 64 gains nothing. */
    private static final int ROWS = 64;

    private static final String INSERT = "INSERT INTO sample (channel_id, t_ns, value) VALUES (?, ?, ?)";
    private static final String READ = "SELECT t_ns, value FROM sample WHERE channel_id = ? ORDER BY t_ns";

    private SampleRows() {}

    static void insert(Handle handle, String trialId, List<Series> allSeries) throws SQLException {
        long channelId = handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM channel")
                .mapTo(Long.class)
                .one();
        Connection connection = handle.getConnection();
        try (PreparedStatement many = connection.prepareStatement(INSERT + ", (?, ?, ?)".repeat(ROWS - 1));
                PreparedStatement one = connection.prepareStatement(INSERT)) {
            for (Series series : allSeries) {
                channelId++;
                insertChannel(handle, channelId, trialId, series.channel());
                insertSamples(many, one, channelId, series);
            }
        }
    }

    private static void insertChannel(Handle handle, long id, String trialId, Channel channel) {
        handle.execute(
                "INSERT INTO channel (id, trial_id, name, quantity, site, unit, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                trialId,
                channel.name(),
                channel.quantity(),
                channel.site(),
                channel.unit().symbol(),
                channel.source());
    }

    private static void insertSamples(PreparedStatement many, PreparedStatement one, long channelId, Series series)
            throws SQLException {
        long[] at = series.atNanos();
        double[] values = series.values();
        int whole = series.size() - series.size() % ROWS;
        for (int from = 0; from < whole; from += ROWS) {
            for (int i = 0; i < ROWS; i++) {
                bind(many, 3 * i, channelId, at[from + i], values[from + i]);
            }
            many.executeUpdate();
        }
        for (int i = whole; i < series.size(); i++) {
            bind(one, 0, channelId, at[i], values[i]);
            one.executeUpdate();
        }
    }

    private static void bind(PreparedStatement row, int before, long channelId, long atNanos, double value)
            throws SQLException {
        row.setLong(before + 1, channelId);
        row.setLong(before + 2, atNanos);
        row.setDouble(before + 3, value);
    }

    static List<StoredChannel> channelsOfTrial(Handle handle, String trialId) {
        return handle.createQuery("SELECT * FROM channel WHERE trial_id = ? ORDER BY id")
                .bind(0, trialId)
                .map(SampleRows::channel)
                .list();
    }

    static List<StoredChannel> channelsOfRun(Handle handle, String runId) {
        return handle.createQuery("SELECT x.* FROM channel x JOIN trial ON trial.id = trial_id WHERE trial.run_id = ?"
                        + " ORDER BY trial.position, x.id")
                .bind(0, runId)
                .map(SampleRows::channel)
                .list();
    }

    static Optional<Series> series(Handle handle, String trialId, Channel channel) throws SQLException {
        for (StoredChannel stored : channelsOfTrial(handle, trialId)) {
            if (stored.channel().equals(channel)) {
                Column column = new Column();
                each(handle.getConnection(), List.of(stored), column);
                return Optional.of(column.series(channel));
            }
        }
        return Optional.empty();
    }

    static void each(Connection connection, List<StoredChannel> channels, SampleSink sink) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(READ)) {
            for (StoredChannel channel : channels) {
                sink.channel(channel);
                query.setLong(1, channel.id());
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        sink.sample(row.getLong(1), row.getDouble(2));
                    }
                }
            }
        }
    }

    private static StoredChannel channel(ResultSet row, StatementContext context) throws SQLException {
        Channel channel = new Channel(
                row.getString("quantity"),
                row.getString("site"),
                Unit.ofSymbol(row.getString("unit")),
                row.getString("source"));
        return new StoredChannel(row.getLong("id"), row.getString("trial_id"), channel);
    }

    /** Gathers the samples of one channel. */
    private static final class Column implements SampleSink {
        private long[] atNanos = new long[1024];
        private double[] values = new double[1024];
        private int size;

        @Override
        public void channel(StoredChannel channel) {
            size = 0;
        }

        @Override
        public void sample(long at, double value) {
            if (size == values.length) {
                atNanos = Arrays.copyOf(atNanos, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            atNanos[size] = at;
            values[size++] = value;
        }

        Series series(Channel channel) {
            return new Series(channel, Arrays.copyOf(atNanos, size), Arrays.copyOf(values, size));
        }
    }
}
