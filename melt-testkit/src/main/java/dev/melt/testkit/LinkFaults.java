package dev.melt.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which calls over a link lose their answer: the n-th of a kind, counted from 1. One use; safe for threads. */
public final class LinkFaults {
    private final Set<String> chosen = new HashSet<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private int broken;

    /** Lets the n-th call of this name break. */
    public synchronized LinkFaults breaking(String call, int number) {
        chosen.add(call + "#" + number);
        return this;
    }

    synchronized boolean breaksNow(String call) {
        int number = calls.merge(call, 1, Integer::sum);
        boolean breaks = chosen.contains(call + "#" + number);
        if (breaks) {
            broken++;
        }
        return breaks;
    }

    /** How many calls lost their answer so far. */
    public synchronized int broken() {
        return broken;
    }
}
