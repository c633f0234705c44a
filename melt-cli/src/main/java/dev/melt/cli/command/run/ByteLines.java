package dev.melt.cli.command.run;

import dev.melt.cli.Session;
import dev.melt.core.file.ByteProgress;

/** Says how far the making or hashing of a file is: a line at the beginning, and one for every quarter of large files. */
final class ByteLines implements ByteProgress {
    private static final long LARGE_BYTES = 500_000_000;
    private static final int PARTS = 4;

    private final Session session;
    private long said = -1;

    ByteLines(Session session) {
        this.session = session;
    }

    @Override
    public void at(long done, long total) {
        if (total < LARGE_BYTES) {
            return;
        }
        long part = PARTS * done / total;
        if (part != said) {
            said = part;
            session.say("preparing the model file: " + 100 * part / PARTS + " % of " + total / 1_000_000 + " MB");
        }
    }
}
