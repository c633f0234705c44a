package dev.melt.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.outcome.Outcome;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class BadDatabaseTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("melt.db");
    }

    @Test
    void leavesAFileAloneThatIsNotADatabase() throws IOException {
        Files.writeString(file, "my thesis");

        assertRefused("it begins like another kind of file");

        assertThat(file).hasContent("my thesis");
    }

    @Test
    void refusesAFolderInItsPlace() throws IOException {
        Files.createDirectory(file);

        assertRefused("something that is not a file");
    }

    @Test
    void takesAnEmptyFileForANewDatabase() throws IOException {
        Files.createFile(file);

        open().close();

        assertThat(file).isNotEmptyFile();
    }

    @Test
    void refusesATruncatedDatabase() throws IOException {
        fill();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertRefused("it is damaged");

        assertThat(Files.size(file)).isEqualTo(whole.length / 2);
    }

    @Test
    void refusesADatabaseWithABrokenPage() throws IOException {
        fill();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long at = 4096L * 20; at < channel.size(); at += 4096) {
                channel.write(ByteBuffer.wrap(new byte[100]), at);
            }
        }
        byte[] broken = Files.readAllBytes(file);

        assertRefused("it is damaged");

        assertThat(Files.readAllBytes(file)).isEqualTo(broken);
    }

    @Test
    void refusesTheDatabaseOfANewerMelt() throws SQLException {
        open().close();
        execute("INSERT INTO schema_version (version) VALUES (99)");

        assertRefused("it has version 99");
    }

    @Test
    void leavesTheDatabaseOfAnotherProgramAlone() throws SQLException, IOException {
        execute("CREATE TABLE bookmarks (url TEXT)");
        byte[] before = Files.readAllBytes(file);

        assertRefused("database of another program");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void opensAgainWhatItMade() {
        open().close();

        try (RunStore again = open()) {
            assertThat(again.runs()).isEmpty();
            again.verify();
        }
    }

    @Test
    void refusesAReadOnlyFile() throws IOException {
        open().close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        assertRefused("read-only");
    }

    @Test
    void saysWhoHoldsALockedDatabase() throws SQLException {
        try (RunStore store = open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> store.createRun(Samples.run(1)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("locked by another program (pid");

            statement.execute("ROLLBACK");
            assertThat(store.runs()).isEmpty();
            assertThat(store.createRun(Samples.run(1))).isNotNull();
        }
    }

    @Test
    void readsWhileAnotherProgramWrites() throws SQLException {
        try (RunStore store = open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            StoredRun run = store.createRun(Samples.run(1));
            statement.execute("BEGIN IMMEDIATE");

            assertThat(store.runs()).containsExactly(run);
        }
    }

    @Test
    void losesNothingWhenTheDiskIsFull() {
        try (RunStore store = SqliteRunStore.open(
                file, Samples.NOON, PATIENCE, config -> config.setPragma(SQLiteConfig.Pragma.MAX_PAGE_COUNT, "100"))) {
            StoredRun run = store.createRun(Samples.run(2));
            String first = store.trials(run.id()).get(0).id();
            String second = store.trials(run.id()).get(1).id();
            store.saveResult(Samples.result(first, Outcome.OK));

            assertThatThrownBy(() -> store.saveResult(Samples.large(second, 100_000)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("disk is full");

            assertThat(store.events(first)).isEqualTo(Samples.events());
            assertThat(store.trial(second).state()).isEqualTo(TrialState.PLANNED);
            store.saveResult(Samples.large(second, 10));
            store.verify();
        }
    }

    @Test
    void isMadeOnceWhenManyOpenItAtTheSameTime() throws Exception {
        int openers = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(openers);
        try {
            var runs = IntStream.range(0, openers)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        try (RunStore store = SqliteRunStore.open(file, Samples.NOON, Duration.ofSeconds(20))) {
                            return store.createRun(Samples.run(1)).id();
                        }
                    }))
                    .toList();
            start.countDown();
            for (Future<String> run : runs) {
                assertThat(run.get(60, TimeUnit.SECONDS)).isNotEmpty();
            }
        } finally {
            pool.shutdownNow();
        }
        try (RunStore store = open()) {
            assertThat(store.runs()).hasSize(openers);
        }
    }

    private void fill() {
        try (RunStore store = open()) {
            StoredRun run = store.createRun(Samples.run(1));
            store.saveResult(Samples.large(store.trials(run.id()).get(0).id(), 20_000));
        }
    }

    private SqliteRunStore open() {
        return SqliteRunStore.open(file, Samples.NOON, PATIENCE);
    }

    private void assertRefused(String finding) {
        assertThatThrownBy(() -> open().close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(finding);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
