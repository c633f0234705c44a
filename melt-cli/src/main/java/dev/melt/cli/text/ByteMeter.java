package dev.melt.cli.text;

import dev.melt.cli.Session;
import dev.melt.core.file.ByteProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a long job on a file is: one line that is drawn over on a terminal, a line now and then elsewhere. Jobs
 * that end soon show nothing. Close it to end the line. For one thread.
 */
public final class ByteMeter implements ByteProgress, AutoCloseable {
    private static final long SOON = Duration.ofMillis(700).toNanos();
    private static final long REDRAWN = Duration.ofMillis(200).toNanos();
    private static final long REPEATED = Duration.ofSeconds(10).toNanos();

    private final Session session;
    private final String what;
    private final LongSupplier nanoTime;
    private final long started;
    private final boolean drawn;
    private long shownAt;
    private boolean lineOpen;

    public ByteMeter(Session session, String what) {
        this(session, what, System::nanoTime);
    }

    ByteMeter(Session session, String what, LongSupplier nanoTime) {
        this.session = session;
        this.what = what;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.drawn = session.progressTerminal().interactive();
        this.shownAt = started + SOON - (drawn ? REDRAWN : REPEATED);
    }

    @Override
    public void at(long doneBytes, long totalBytes) {
        long now = nanoTime.getAsLong();
        if (session.quiet() || now - shownAt < (drawn ? REDRAWN : REPEATED)) {
            return;
        }
        shownAt = now;
        String line = line(what, doneBytes, totalBytes, now - started);
        if (drawn) {
            session.err()
                    .print("\r" + TextWidth.cut(line, session.progressTerminal().columns() - 1) + "\u001b[K");
            session.err().flush();
            lineOpen = true;
        } else {
            session.err().println(line);
        }
    }

    static String line(String what, long done, long total, long nanos) {
        double bytesPerSecond = done / (Math.max(nanos, 1) / 1e9);
        String share = total > 0 ? String.format(Locale.ROOT, " %3d %%,", done * 100 / total) : "";
        String left =
                total > 0 && bytesPerSecond > 0 ? ", " + Math.round((total - done) / bytesPerSecond) + " s left" : "";
        return what + share + " " + Bytes.text(done) + ", " + Bytes.text((long) bytesPerSecond) + "/s" + left;
    }

    @Override
    public void close() {
        if (lineOpen) {
            session.err().print("\r\u001b[K");
            session.err().flush();
        }
    }
}
