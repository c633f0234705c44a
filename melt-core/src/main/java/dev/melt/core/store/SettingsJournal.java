package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Which device settings MELT changed and has still to put back. An entry is on the disk before the device is touched, so
 * that the next start can put it back if this one is killed. Safe for use by several threads.
 */
public interface SettingsJournal {
    /** Writes down a change that is about to be made, and returns the number of its entry. */
    long willChange(SettingChange change);

    /** Says that the old value is in place again. Saying it twice does no harm. */
    void restored(long entryId);

    /**
     * Everything that is not put back, of all runs, newest first: the order in which to undo. Entries of a MELT that is
     * still running are among them; see {@link Entry#ownerAlive()}.
     */
    List<Entry> pending();

    /**
     * A change that was written down.
     *
     * @param pid of the MELT process that made it
     */
    record Entry(long id, SettingChange change, long pid, Instant changedAt) {
        public Entry {
            requireNonNull(change, "change");
            requireNonNull(changedAt, "changedAt");
        }

        /**
         * Whether the process that made it still runs on this host, and will put it back itself. One that has its number and began
         * later is another.
         */
        public boolean ownerAlive() {
            return pid != ProcessHandle.current().pid()
                    && ProcessHandle.of(pid)
                            .filter(ProcessHandle::isAlive)
                            .filter(process -> process.info()
                                    .startInstant()
                                    .map(start -> !start.isAfter(changedAt))
                                    .orElse(true))
                            .isPresent();
        }
    }
}
