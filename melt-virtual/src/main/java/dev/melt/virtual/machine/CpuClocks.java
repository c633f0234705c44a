package dev.melt.virtual.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** The clocks of a device's processors, a cluster each. One thread uses it. */
public final class CpuClocks {
    private final Map<Cluster, SettableClock> clocks = new LinkedHashMap<>();
    private final MachineTree tree;

    public CpuClocks(List<Cluster> clusters, MachineTree tree) {
        this.tree = tree;
        clusters.forEach(cluster -> clocks.put(cluster, new SettableClock(cluster.clock(), tree)));
    }

    /** Lays out what does not change: which processors and clocks there are. */
    public void layOut() throws IOException {
        String cpu = "/sys/devices/system/cpu";
        int processors = clocks.keySet().stream().mapToInt(Cluster::count).sum();
        for (String name : List.of("online", "possible", "present")) {
            tree.put(cpu + "/" + name, "0-" + (processors - 1));
        }
        for (Cluster cluster : clocks.keySet()) {
            String policy = cpu + "/cpufreq/policy" + cluster.first();
            List<String> numbers = new ArrayList<>();
            for (int i = cluster.first(); i < cluster.first() + cluster.count(); i++) {
                numbers.add(Integer.toString(i));
                tree.put(cpu + "/cpu" + i + "/cpu_capacity", Integer.toString(cluster.capacity()));
                tree.link(cpu + "/cpu" + i + "/cpufreq", "../cpufreq/policy" + cluster.first());
            }
            ClockDomain clock = cluster.clock();
            tree.put(policy + "/related_cpus", String.join(" ", numbers));
            tree.put(policy + "/affected_cpus", String.join(" ", numbers));
            tree.put(policy + "/cpuinfo_min_freq", Long.toString(clock.lowest()));
            tree.put(policy + "/cpuinfo_max_freq", Long.toString(clock.highest()));
            tree.put(policy + "/scaling_available_governors", String.join(" ", clock.governors()));
            tree.put(
                    policy + "/scaling_available_frequencies",
                    String.join(" ", clock.steps().stream().map(String::valueOf).toList()));
        }
    }

    /** As after a boot. */
    public void forget() {
        clocks.values().forEach(SettableClock::forget);
    }

    /** Takes over what was written since the last time. */
    public void read() {
        clocks.values().forEach(SettableClock::read);
    }

    /** How much of the highest clocks is allowed under a cap, over all processors after their capacity. */
    public double share(double cap) {
        return mean(
                (cluster, clock) -> (double) clock.most(cap) / cluster.clock().highest());
    }

    /** How much of the highest clocks they are held at when nothing runs, over all processors after their capacity. */
    public double floor(double cap) {
        return mean(
                (cluster, clock) -> (double) clock.least(cap) / cluster.clock().highest());
    }

    /** Shows them; returns the present frequency of each cluster in kHz. */
    public Map<Cluster, Long> show(double cap, double load) throws IOException {
        Map<Cluster, Long> present = new LinkedHashMap<>();
        for (Map.Entry<Cluster, SettableClock> one : clocks.entrySet()) {
            present.put(one.getKey(), one.getValue().show(cap, load));
        }
        return present;
    }

    private double mean(ToDoubleBiFunction<Cluster, SettableClock> value) {
        double all = 0;
        double sum = 0;
        for (Map.Entry<Cluster, SettableClock> one : clocks.entrySet()) {
            double weight = (double) one.getKey().capacity() * one.getKey().count();
            all += weight;
            sum += weight * value.applyAsDouble(one.getKey(), one.getValue());
        }
        return sum / all;
    }
}
