package dev.melt.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The versions of the schema, and the one way between them: forward. */
final class Schema {
    /** The newest one that this MELT knows; {@code schema-N.sql} leads from N - 1 to N. */
    static final int VERSION = 3;

    private Schema() {}

    /** Brings the database to {@link #VERSION}, within the caller's transaction; returns where it was. */
    static int migrate(Handle handle, Path path) throws SQLException {
        int from = check(handle.getConnection(), path);
        if (from == 0) {
            handle.execute("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)");
        }
        for (int version = from + 1; version <= VERSION; version++) {
            statements(version, "WITHOUT ROWID").forEach(handle::execute);
            handle.execute("INSERT INTO schema_version (version) VALUES (?)", version);
        }
        return from;
    }

    /**
     * The version that a database is at; 0 for one without any table.
     *
     * @throws InvalidInputException for another program's database, or one of a newer MELT
     */
    static int check(Connection connection, Path path) throws SQLException {
        if (count(connection, "SELECT count(*) FROM sqlite_master") == 0) {
            return 0;
        }
        if (count(connection, "SELECT count(*) FROM sqlite_master WHERE name IN ('schema_version', 'sample')") != 2) {
            throw new InvalidInputException(
                    path.toString(),
                    "MELT's database expected",
                    "it is the database of another program, and was left as it is",
                    "move it away, or use another folder with --home");
        }
        int found = count(connection, "SELECT max(version) FROM schema_version");
        if (found > VERSION) {
            throw new InvalidInputException(
                    path.toString(),
                    "schema version " + VERSION + " or older expected",
                    "it has version " + found + ", written by a newer MELT",
                    "use that MELT, or another folder with --home");
        }
        return found;
    }

    /**
     * The statements that lead to a version.
     *
     * @param clustered how the database is told to keep a table in the order of its primary key
     */
    static List<String> statements(int version, String clustered) {
        String script =
                script(version).lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        return Arrays.stream(script.replace("{clustered}", clustered).split(";\\s*(\n|$)", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String script(int version) {
        try (InputStream in = Schema.class.getResourceAsStream("schema-" + version + ".sql")) {
            return new String(requireNonNull(in, "schema script").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
