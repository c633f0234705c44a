package dev.melt.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The file under a {@link Database}: whether it may be used, and in plain words why not. Immutable. */
final class DatabaseFile {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);

    /** Reading every page of a larger file at each start would be felt; SQLite sees a cut-off one by its length. */
    private static final long ALWAYS_CHECKED_BYTES = 8L << 20;

    private final Path path;
    private final Duration patience;

    DatabaseFile(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    String url() {
        return "jdbc:sqlite:" + path;
    }

    SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        // asking for them after every row halves the speed of a batch; ids are given by MELT
        config.setGetGeneratedKeys(false);
        return config;
    }

    /** Refuses a file that is not a sound database of MELT, before anything could change it. */
    void check() {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isRegularFile(path)) {
            throw notADatabase("something that is not a file is there");
        }
        if (!FileProblems.isWritable(path)) {
            throw readOnly();
        }
        if (hasContent()) {
            checkContent();
        }
    }

    private boolean hasContent() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(MAGIC.length);
            if (start.length > 0 && !Arrays.equals(start, MAGIC)) {
                throw notADatabase("it begins like another kind of file");
            }
            return start.length > 0;
        } catch (IOException e) {
            throw FileProblems.of(path, e);
        }
    }

    private void checkContent() {
        try (Connection connection = config().createConnection(url())) {
            Schema.check(connection, path);
            if (Files.size(path) <= ALWAYS_CHECKED_BYTES || wasLeftOpen()) {
                checkPages(connection);
            }
        } catch (SQLException e) {
            throw translate(e);
        } catch (IOException e) {
            throw FileProblems.of(path, e);
        }
    }

    /** A log beside the file means that its last user was killed, or still runs. */
    private boolean wasLeftOpen() throws IOException {
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        return Files.exists(log) && Files.size(log) > 0 && Files.size(path) <= 8 * ALWAYS_CHECKED_BYTES;
    }

    void checkPages(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = result.next() ? result.getString(1) : "nothing";
            if (!finding.equals("ok")) {
                throw new InvalidInputException(damaged(finding));
            }
        }
    }

    /** What to throw for it: a complaint in words for the causes that a person can remove, else the exception itself. */
    RuntimeException translate(JdbiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return translate(sqlite, failure);
            }
        }
        return failure;
    }

    RuntimeException translate(SQLException failure) {
        RuntimeException otherwise = new IllegalStateException(path + ": " + failure.getMessage(), failure);
        return failure instanceof SQLiteException sqlite ? translate(sqlite, otherwise) : otherwise;
    }

    private RuntimeException translate(SQLiteException sqlite, RuntimeException otherwise) {
        SQLiteErrorCode code = sqlite.getResultCode();
        String name = code.name();
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED") || name.startsWith("SQLITE_PROTOCOL")) {
            return new InvalidInputException(locked(), sqlite);
        }
        if (name.startsWith("SQLITE_CORRUPT") || name.equals("SQLITE_NOTADB")) {
            return new InvalidInputException(damaged(code.message), sqlite);
        }
        if (name.equals("SQLITE_FULL") || name.startsWith("SQLITE_IOERR")) {
            return new InvalidInputException(full(code.message), sqlite);
        }
        if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_CANTOPEN") || name.equals("SQLITE_PERM")) {
            return new InvalidInputException(readOnly().problem(), sqlite);
        }
        return otherwise;
    }

    private Problem locked() {
        return new Problem(
                path.toString(),
                "to write within " + patience.toMillis() / 1000.0 + " s expected",
                "the database is locked by another program (" + LockOwner.of(path) + ")",
                "wait until it is done, or end it");
    }

    private Problem damaged(String finding) {
        return new Problem(
                path.toString(),
                "a sound SQLite database expected",
                "it is damaged (" + finding + "); nothing was changed",
                "put back a copy, or save what is left with: sqlite3 melt.db .recover | sqlite3 rescued.db;"
                        + " or move it away: raw traces are under runs/");
    }

    private Problem full(String finding) {
        return new Problem(
                path.toString(),
                "room to write expected",
                "the disk is full or failing (" + finding + ")",
                "free space and repeat the command, or use another folder with --home; what was stored before is kept");
    }

    private InvalidInputException readOnly() {
        return new InvalidInputException(
                path.toString(),
                "a database that can be written expected",
                "the file or its folder is read-only",
                "make both writable, or use another folder with --home");
    }

    private InvalidInputException notADatabase(String finding) {
        return new InvalidInputException(
                path.toString(),
                "MELT's SQLite database expected",
                finding + ", and was left as it is",
                "move it away, or use another folder with --home");
    }
}
