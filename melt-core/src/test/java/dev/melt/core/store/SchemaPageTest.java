package dev.melt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaPageTest {
    private static final Pattern HEADING = Pattern.compile("## `(\\w+)`.*");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)`( \\*)? \\| ([A-Z ]+?)( or empty)? \\|.*\\S.*\\|");

    @TempDir
    Path folder;

    @Test
    void describesEveryColumnThatThereIs() throws IOException, SQLException {
        assertThat(described(false)).isEqualTo(real());
    }

    @Test
    void marksTheContract() throws IOException {
        assertThat(described(true))
                .extracting(column -> column.substring(0, column.indexOf(' ')))
                .containsExactly(
                        "run.id",
                        "trial.run_id",
                        "trial.outcome",
                        "channel.name",
                        "channel.unit",
                        "channel.source",
                        "sample.channel_id",
                        "sample.t_ns",
                        "sample.value",
                        "metric_value.metric",
                        "metric_value.value",
                        "metric_value.unit");
    }

    @Test
    void usesOnlyTypesThatPostgresqlHasToo() throws SQLException {
        assertThat(real())
                .allSatisfy(column -> assertThat(Set.of("TEXT", "INTEGER", "BIGINT", "DOUBLE PRECISION"))
                        .contains(column.substring(column.indexOf(' ') + 1).replace(" or empty", "")));
        assertThat(Schema.statements(1, "")).noneMatch(statement -> statement.contains("ROWID"));
    }

    private static List<String> described(boolean contractOnly) throws IOException {
        Path page = Path.of(System.getProperty("melt.repo"), "docs", "reference", "schema.md");
        List<String> columns = new ArrayList<>();
        String table = "";
        for (String line : Files.readAllLines(page)) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                table = heading.group(1);
            } else if (row.matches() && (!contractOnly || row.group(2) != null)) {
                String optional = row.group(4) == null ? "" : row.group(4);
                columns.add(table + "." + row.group(1) + " " + row.group(3) + optional);
            }
        }
        return columns;
    }

    private List<String> real() throws SQLException {
        Path file = folder.resolve("melt.db");
        SqliteRunStore.open(file, Samples.NOON, Duration.ofSeconds(5)).close();
        List<String> columns = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT m.name AS t, c.name AS c, c.type, c.\"notnull\" AS n FROM sqlite_master m"
                                + " JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.rowid, c.cid")) {
            while (row.next()) {
                columns.add(row.getString("t") + "." + row.getString("c") + " " + row.getString("type")
                        + (row.getInt("n") == 1 ? "" : " or empty"));
            }
        }
        return columns;
    }
}
