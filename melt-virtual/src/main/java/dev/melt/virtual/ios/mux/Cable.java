package dev.melt.virtual.ios.mux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What goes over one phone's cable, and how it fails. Its state is guarded by this object. */
public final class Cable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Set<MuxWire> wires = new HashSet<>();
    private boolean stalled;
    private long untilBreak = NEVER;
    private Runnable broken = () -> {};

    /** Nothing goes through any more, in either direction, and neither end is told; what was sent comes when this ends. */
    public synchronized void stall(boolean on) {
        stalled = on;
        notifyAll();
    }

    /**
     * The cable breaks when exactly so many more bytes have come to the phone. Once.
     *
     * @param then done when it has, on the thread that brought the last one; it is to close the connections
     */
    public synchronized void breakAfter(long bytes, Runnable then) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a cable can break after one byte or more, not after " + bytes);
        }
        untilBreak = bytes;
        broken = then;
    }

    /** Ends every connection. */
    public void closeAll() {
        List<MuxWire> open;
        synchronized (this) {
            open = new ArrayList<>(wires);
            wires.clear();
            notifyAll();
        }
        open.forEach(MuxWire::close);
    }

    /** How many connections there are. */
    public synchronized int connections() {
        return wires.size();
    }

    synchronized void opened(MuxWire wire) {
        wires.add(wire);
    }

    synchronized void closed(MuxWire wire) {
        wires.remove(wire);
        notifyAll();
    }

    /** Waits while the cable is stalled; returns how many of the bytes that have come from the host reach the phone. */
    int arrive(MuxWire wire, int bytes) throws InterruptedException {
        Runnable then;
        int allowed;
        synchronized (this) {
            while (stalled && wires.contains(wire)) {
                wait();
            }
            if (untilBreak == NEVER) {
                return bytes;
            }
            allowed = (int) Math.min(bytes, untilBreak);
            untilBreak -= allowed;
            if (untilBreak > 0) {
                return allowed;
            }
            untilBreak = NEVER;
            then = broken;
        }
        then.run();
        return allowed;
    }

    /** Waits while the cable is stalled. */
    synchronized void leave(MuxWire wire) throws InterruptedException {
        while (stalled && wires.contains(wire)) {
            wait();
        }
    }
}
