package dev.melt.core.store;

import dev.melt.core.problem.InvalidInputException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: one connection that writes, kept open, and a fresh one for every read, so that a long export never
 * stands in the way of a run. Safe for use by several threads. What SQLite says about a locked, full, read-only or
 * damaged file comes out as {@link InvalidInputException}.
 */
final class Database implements AutoCloseable {
    private final DatabaseFile file;
    private final Jdbi jdbi;
    private final Handle writer;
    private final ReentrantLock writing = new ReentrantLock();

    private Database(DatabaseFile file, Jdbi jdbi, Handle writer) {
        this.file = file;
        this.jdbi = jdbi;
        this.writer = writer;
    }

    /**
     * Opens the file, makes it when it is not there, and brings an older schema up to date.
     *
     * @param patience how long to wait for another process that writes
     * @param tuning last word on the connection's settings
     */
    static Database open(Path path, Duration patience, Consumer<SQLiteConfig> tuning) {
        DatabaseFile file = new DatabaseFile(path, patience);
        file.check();
        SQLiteConfig config = file.config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // a finished trial survives a power cut, not only a kill; one sync a trial costs nothing that shows
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        tuning.accept(config);
        Jdbi jdbi = Jdbi.create(() -> config.createConnection(file.url()));
        Database database = new Database(file, jdbi, openWriter(file, jdbi));
        try {
            database.write(handle -> Schema.migrate(handle, path));
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Handle openWriter(DatabaseFile file, Jdbi jdbi) {
        try {
            return jdbi.open();
        } catch (JdbiException e) {
            throw file.translate(e);
        }
    }

    <T> T read(SqlWork<T> work) {
        try (Handle handle = jdbi.open()) {
            return work.with(handle);
        } catch (JdbiException e) {
            throw file.translate(e);
        } catch (SQLException e) {
            throw file.translate(e);
        }
    }

    /** In one transaction that is on the disk when this returns, or leaves nothing behind. */
    <T> T write(SqlWork<T> work) {
        writing.lock();
        try {
            return transact(work);
        } catch (JdbiException e) {
            throw file.translate(e);
        } catch (SQLException e) {
            throw file.translate(e);
        } finally {
            writing.unlock();
        }
    }

    /** By hand: after a BEGIN that found the file locked, the driver's own switch believes itself in a transaction. */
    private <T> T transact(SqlWork<T> work) throws SQLException {
        // one that begins as a reader cannot wait when it turns into a writer
        writer.execute("BEGIN IMMEDIATE");
        try {
            T result = work.with(writer);
            writer.execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Throwable reason) {
        try {
            writer.execute("ROLLBACK");
        } catch (JdbiException e) {
            // a full disk has made SQLite roll back already
            reason.addSuppressed(e);
        }
    }

    /**
     * Reads every page.
     *
     * @throws InvalidInputException saying what is damaged
     */
    void verify() {
        read(handle -> {
            file.checkPages(handle.getConnection());
            return file;
        });
    }

    @Override
    public void close() {
        writing.lock();
        try {
            writer.close();
        } finally {
            writing.unlock();
        }
    }

    /** Work on an open connection. */
    interface SqlWork<T> {
        T with(Handle handle) throws SQLException;
    }
}
