package dev.melt.virtual.machine;

import dev.melt.virtual.box.Box;
import java.util.HashMap;
import java.util.Map;

/** How busy the processes in a box are, and how much memory they hold. One thread uses it. */
public final class BoxLoad {
    private static final double TICKS_PER_SECOND = 100;

    private final BoxProcesses processes;
    private Map<String, Long> before = new HashMap<>();

    public BoxLoad(Box box) {
        this.processes = new BoxProcesses(box);
    }

    /**
     * Since the last time.
     *
     * @param cpuSeconds of processes that live
     * @param residentBytes of all of them together, shared pages counted more than once
     */
    public record Used(double cpuSeconds, long residentBytes) {
        /** The share of all processors of this machine that was busy during so many seconds, 0 to 1. */
        public double share(double seconds) {
            return Math.min(1, cpuSeconds / seconds / Runtime.getRuntime().availableProcessors());
        }
    }

    /** What has been used since the last call. */
    public Used sinceLast() {
        Map<String, Long> now = new HashMap<>();
        long ticks = 0;
        long bytes = 0;
        for (BoxProcesses.Running one : processes.all()) {
            String who = one.pid() + " " + one.born();
            now.put(who, one.ticks());
            ticks += one.ticks() - before.getOrDefault(who, 0L);
            bytes += one.residentBytes();
        }
        before = now;
        return new Used(ticks / TICKS_PER_SECOND, bytes);
    }
}
