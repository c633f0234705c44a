package dev.melt.virtual.ios.app;

import java.io.IOException;

/** What the app does to its files passes here one by one, and no more once it was ended. Safe for use by several threads. */
final class WriteGate {
    private boolean shut;

    /** Something that leaves traces. */
    interface Act<T> {
        T act() throws IOException;
    }

    /**
     * Does it.
     *
     * @throws AppEndedException when the app was ended
     */
    synchronized <T> T pass(Act<T> act) throws IOException {
        if (shut) {
            throw new AppEndedException();
        }
        return act.act();
    }

    /** Returns when nothing passes any more. */
    synchronized void shut() {
        shut = true;
    }

    synchronized boolean isShut() {
        return shut;
    }
}
