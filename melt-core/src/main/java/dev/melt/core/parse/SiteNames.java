package dev.melt.core.parse;

import java.util.HashMap;
import java.util.Map;

/** Gives things that share a name a number, so that no channel hides another. For one text; not thread-safe. */
public final class SiteNames {
    private final Map<String, Integer> times = new HashMap<>();

    /** The name, and from its second time on {@code NAME-2}, {@code NAME-3}, and so on. */
    public String unique(String name) {
        int time = times.merge(name, 1, Integer::sum);
        return time == 1 ? name : name + "-" + time;
    }
}
