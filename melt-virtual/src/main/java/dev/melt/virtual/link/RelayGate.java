package dev.melt.virtual.link;

/** What may pass through a relay. Its state is guarded by this object. */
final class RelayGate {
    private static final long NEVER = Long.MAX_VALUE;

    private boolean stalled;
    private long untilDrop = NEVER;

    synchronized void stall(boolean on) {
        stalled = on;
        notifyAll();
    }

    synchronized void dropAfter(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("the link can break after one byte or more, not after " + bytes);
        }
        untilDrop = bytes;
    }

    /**
     * What may pass.
     *
     * @param last whether the link breaks after them
     */
    record Passage(int bytes, boolean last) {}

    /** Waits while the link is stalled; {@code counted} are bytes towards the server. */
    synchronized Passage pass(int bytes, boolean counted) throws InterruptedException {
        while (stalled) {
            wait();
        }
        if (!counted || untilDrop == NEVER) {
            return new Passage(bytes, false);
        }
        int allowed = (int) Math.min(bytes, untilDrop);
        untilDrop -= allowed;
        boolean last = untilDrop == 0;
        if (last) {
            untilDrop = NEVER;
        }
        return new Passage(allowed, last);
    }
}
