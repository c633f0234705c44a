package dev.melt.core.profile;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** A running sum in whole nanoseconds: whatever the order of the rows, the sum is the same and exact. */
final class Tally {
    private long graphs;
    private long tokens;
    private boolean allTellTokens = true;
    private long calls;
    private long wallNanos;
    private long cpuNanos;
    private boolean allHaveCpu = true;
    private int lastGraph = -1;

    /** @param graphNumber counts up with each graph of the profile */
    void add(OpCall call, int graphNumber) {
        if (graphNumber != lastGraph) {
            lastGraph = graphNumber;
            graphs++;
            OptionalInt told = call.graph().tokens();
            allTellTokens &= told.isPresent();
            tokens += told.orElse(0);
        }
        calls = Math.addExact(calls, call.calls());
        add(call.wallNanos(), call.cpuNanos());
    }

    void add(long wall, OptionalLong cpu) {
        wallNanos = Math.addExact(wallNanos, wall);
        allHaveCpu &= cpu.isPresent();
        cpuNanos = Math.addExact(cpuNanos, cpu.orElse(0));
    }

    long graphs() {
        return graphs;
    }

    OptionalLong tokens() {
        return allTellTokens ? OptionalLong.of(tokens) : OptionalLong.empty();
    }

    long calls() {
        return calls;
    }

    long wallNanos() {
        return wallNanos;
    }

    OptionalLong cpuNanos() {
        return allHaveCpu ? OptionalLong.of(cpuNanos) : OptionalLong.empty();
    }
}
