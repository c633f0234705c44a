package dev.melt.virtual.android;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks of a phone's processors: what root wrote into {@code scaling_governor}, {@code scaling_min_freq} and
 * {@code scaling_max_freq} is kept, and what is shown is the lowest of that, the thermal cap and fixed-performance mode. What a kernel
 * would refuse with "Invalid argument" is put back at the next beat. One thread uses it.
 */
final class PhoneClocks {
    /** A Pixel holds about this share of its highest clocks in fixed-performance mode. */
    private static final double FIXED_PERFORMANCE = 0.7;

    private final PhoneProfile profile;
    private final PhoneTree tree;
    private final Map<PhoneProfile.Cluster, Wanted> wanted = new HashMap<>();

    /** What was written for one cluster, in kHz. */
    private record Wanted(String governor, long least, long most) {}

    PhoneClocks(PhoneProfile profile, PhoneTree tree) {
        this.profile = profile;
        this.tree = tree;
        forget();
    }

    static List<String> governors(PhoneProfile.Cluster cluster) {
        return List.of(cluster.governor(), "performance", "powersave");
    }

    /** As after a boot. */
    void forget() {
        profile.clusters()
                .forEach(cluster ->
                        wanted.put(cluster, new Wanted(cluster.governor(), cluster.lowest(), cluster.highest())));
    }

    /** Takes over what was written since the last time. */
    void read() {
        for (PhoneProfile.Cluster cluster : profile.clusters()) {
            Wanted before = wanted(cluster);
            wanted.put(
                    cluster,
                    new Wanted(
                            written(cluster, "governor")
                                    .filter(governors(cluster)::contains)
                                    .orElse(before.governor()),
                            frequency(cluster, "min_freq").orElse(before.least()),
                            frequency(cluster, "max_freq").orElse(before.most())));
        }
    }

    /** How much of the highest clocks is allowed, over all processors after their capacity. */
    double share() {
        double all = 0;
        double allowed = 0;
        for (PhoneProfile.Cluster cluster : profile.clusters()) {
            double weight = (double) cluster.capacity() * cluster.count();
            all += weight;
            allowed += weight * most(cluster, 1) / cluster.highest();
        }
        return allowed / all;
    }

    /** Shows them. */
    void show(PhoneState now) throws IOException {
        for (PhoneProfile.Cluster cluster : profile.clusters()) {
            Wanted set = wanted(cluster);
            long most = most(cluster, now.cap());
            show(cluster, "governor", set.governor());
            show(cluster, "min_freq", Long.toString(Math.min(set.least(), most)));
            show(cluster, "max_freq", Long.toString(most));
            show(cluster, "cur_freq", Long.toString(present(cluster, set, most, now.load())));
        }
    }

    private static long present(PhoneProfile.Cluster cluster, Wanted set, long most, double load) {
        long asked = switch (set.governor()) {
            case "performance" -> most;
            case "powersave" -> set.least();
            default -> cluster.step(0.25 + 0.9 * load);
        };
        return Math.min(most, Math.max(set.least(), asked));
    }

    private long most(PhoneProfile.Cluster cluster, double cap) {
        boolean fixed =
                tree.line("/virtual/state/fixed_performance").orElse("0").equals("1");
        return Math.min(wanted(cluster).most(), cluster.step(fixed ? Math.min(cap, FIXED_PERFORMANCE) : cap));
    }

    private Wanted wanted(PhoneProfile.Cluster cluster) {
        return wanted.getOrDefault(cluster, new Wanted(cluster.governor(), cluster.lowest(), cluster.highest()));
    }

    private void show(PhoneProfile.Cluster cluster, String name, String text) throws IOException {
        String path = path(cluster, name);
        if (tree.isForeign(path)) {
            tree.replace(path, text);
        } else {
            tree.put(path, text);
        }
    }

    private Optional<Long> frequency(PhoneProfile.Cluster cluster, String name) {
        return written(cluster, name)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .map(kilohertz -> Math.max(cluster.lowest(), Math.min(cluster.highest(), kilohertz)));
    }

    /** What somebody else put there. */
    private Optional<String> written(PhoneProfile.Cluster cluster, String name) {
        String path = path(cluster, name);
        return tree.isForeign(path) ? tree.line(path).map(String::strip) : Optional.empty();
    }

    private static String path(PhoneProfile.Cluster cluster, String name) {
        return "/sys/devices/system/cpu/cpufreq/policy" + cluster.first() + "/scaling_" + name;
    }
}
