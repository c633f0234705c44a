package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Accuracy against size and against energy is one query: the one that the documents show. */
@EnabledOnOs(OS.LINUX)
class QualityBesideSpeedTest {
    private static final Path PAGE =
            Path.of(System.getProperty("melt.repo", "..")).resolve("docs/how-to/measure-accuracy.md");

    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("try") // the sensors are fed, not read
    void theDocumentsQueryFindsBothForEachModel() throws IOException, SQLException {
        Path root = folder.resolve("root");
        try (FakeSensors sensors = new FakeSensors(root, 10)) {
            Bench bench = Bench.in(folder).with("MELT_SYSROOT", root.toString());
            bench.run("--model", "mini,mini-f16", "--workload", "pp64-tg400", "--trials", "1", "--hz", "50");
            assertThat(bench.melt(
                                    "accuracy",
                                    "--device",
                                    "local",
                                    "--model",
                                    "mini,mini-f16",
                                    "--tasks",
                                    "melt-hellaswag-sample",
                                    "--limit",
                                    "5")
                            .exitCode())
                    .isZero();

            List<String> rows = rows(bench, query().replace("hellaswag", "melt-hellaswag-sample"));

            assertThat(rows).hasSize(2);
            assertThat(rows.get(0)).startsWith("mini-f16|");
            assertThat(rows).allSatisfy(row -> assertThat(row).doesNotContain("null"));
        }
    }

    private static String query() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```sql\n") + "```sql\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    private static List<String> rows(Bench bench, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + bench.home().resolve("melt.db"));
                ResultSet found = connection.createStatement().executeQuery(query)) {
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }
}
