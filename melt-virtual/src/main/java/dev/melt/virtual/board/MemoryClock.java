package dev.melt.virtual.board;

import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;

/**
 * The memory's clock: a cap that nvpmodel writes, and a rate that jetson_clocks locks, both in files that root writes. One thread uses
 * it.
 */
record MemoryClock(Tegra.Emc emc, MachineTree tree) {
    /** As after a boot. */
    void forget() throws IOException {
        tree.replace(emc.cap(), "0");
        tree.replace(emc.debug() + "/mrq_rate_locked", "0");
        tree.put(emc.debug() + "/min_rate", Long.toString(lowest()));
        tree.put(emc.debug() + "/max_rate", Long.toString(highest()));
    }

    /** Share of the highest clock that is allowed. */
    double share() {
        return (double) most() / highest();
    }

    /** Whether it is held at the highest that is allowed. */
    boolean isLocked() {
        return number(emc.debug() + "/mrq_rate_locked") > 0;
    }

    /** Shows it under a load of 0 to 1; returns its present rate. */
    long show(double load) throws IOException {
        long most = most();
        long wanted = isLocked() ? most : Math.round(most * (0.3 + 0.7 * Math.min(1, 2 * load)));
        long rate = emc.hertz().stream()
                .filter(step -> step <= wanted)
                .reduce((a, b) -> b)
                .orElse(lowest());
        tree.replace(emc.debug() + "/rate", Long.toString(rate));
        return rate;
    }

    private long most() {
        long cap = number(emc.cap());
        return cap <= 0 || cap > highest() ? highest() : Math.max(lowest(), cap);
    }

    private long lowest() {
        return emc.hertz().get(0);
    }

    private long highest() {
        return emc.hertz().get(emc.hertz().size() - 1);
    }

    private long number(String path) {
        return tree.line(path)
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
