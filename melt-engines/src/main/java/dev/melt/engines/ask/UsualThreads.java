package dev.melt.engines.ask;

import dev.melt.core.device.Device;

/** How many threads engines for phones take where nobody says. */
public final class UsualThreads {
    private static final int USUAL = 4;

    private UsualThreads() {}

    /** Their usual number, or fewer where there are fewer cores. */
    public static String of(Device device) {
        String cores = device.facts().getOrDefault("cores", "");
        return Integer.toString(cores.matches("[1-9][0-9]{0,3}") ? Math.min(USUAL, Integer.parseInt(cores)) : USUAL);
    }
}
