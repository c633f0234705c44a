package dev.melt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.outcome.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMigrationTest {
    @TempDir
    Path folder;

    @Test
    void aDatabaseOfTheFirstVersionIsBroughtUpToDateAndKeepsItsRuns() throws SQLException {
        Path file = folder.resolve("melt.db");
        makeVersionOne(file);

        try (SqliteRunStore store = SqliteRunStore.open(file, Samples.NOON, Duration.ofSeconds(5))) {
            assertThat(store.runs()).extracting(StoredRun::id).containsExactly("20261120-1200-aaaa");
            String trial =
                    store.trials(store.createRun(Samples.run(1)).id()).get(0).id();
            store.saveResult(Samples.result(trial, Outcome.OK));
            assertThat(store.events(trial)).containsAll(Samples.events());
        }
    }

    private static void makeVersionOne(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY)");
            statement.execute("INSERT INTO schema_version (version) VALUES (1)");
            for (String step : Schema.statements(1, "WITHOUT ROWID")) {
                statement.execute(step);
            }
            statement.execute(
                    "INSERT INTO run VALUES ('20261120-1200-aaaa', '2026-11-20T12:00:00.000Z', 'done', '[]', '0.1.0', NULL, 0, 1,"
                            + " '{}', '{}')");
        }
    }
}
