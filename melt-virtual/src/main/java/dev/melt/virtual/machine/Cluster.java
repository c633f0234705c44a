package dev.melt.virtual.machine;

import java.util.List;

/** Processors {@code first} and the following that share a clock; frequencies in kHz, from low to high. */
public record Cluster(int first, int count, int capacity, String governor, List<Long> kilohertz) {
    public Cluster {
        kilohertz = List.copyOf(kilohertz);
        if (kilohertz.isEmpty() || count <= 0) {
            throw new IllegalArgumentException("a cluster has processors and frequencies");
        }
    }

    /** Its clock, as the kernel shows it. */
    public ClockDomain clock() {
        return new ClockDomain(
                "/sys/devices/system/cpu/cpufreq/policy" + first + "/scaling_",
                kilohertz,
                List.of(governor, "performance", "powersave"));
    }
}
