package dev.melt.core.metric;

import java.util.List;
import java.util.stream.Stream;

/** A span of time on the device's boot clock, over which something is added up. */
public record Window(long startNanos, long endNanos) {
    private static final double NANOS = 1e9;

    public Window {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException("a window ends before it starts");
        }
    }

    public double seconds() {
        return (endNanos - startNanos) / NANOS;
    }

    /** Nanoseconds that both have in common. */
    public long overlapNanos(Window other) {
        return Math.max(0, Math.min(endNanos, other.endNanos) - Math.max(startNanos, other.startNanos));
    }

    /** What is left of this when the other is cut out: none, one or two spans. */
    List<Window> without(Window cut) {
        if (overlapNanos(cut) == 0) {
            return List.of(this);
        }
        return Stream.of(
                        new Window(startNanos, Math.max(startNanos, cut.startNanos)),
                        new Window(Math.min(endNanos, cut.endNanos), endNanos))
                .filter(w -> w.endNanos > w.startNanos)
                .toList();
    }

    public boolean contains(long atNanos) {
        return startNanos <= atNanos && atNanos <= endNanos;
    }
}
