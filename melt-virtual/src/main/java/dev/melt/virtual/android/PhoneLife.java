package dev.melt.virtual.android;

import dev.melt.virtual.machine.BoxLoad;
import dev.melt.virtual.machine.CpuClocks;
import dev.melt.virtual.machine.MachineTree;
import dev.melt.virtual.machine.Meminfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets a phone's body live: five times a second it looks how busy the phone is, lets that act on battery and temperatures, and
 * writes what the gauges show. Its state is guarded by this object.
 */
final class PhoneLife {
    private static final double SYSTEM_SHARE = 0.34;
    private static final double FIXED_PERFORMANCE = 0.7;

    private final PhoneProfile profile;
    private final MachineTree tree;
    private final PhoneBody body;
    private final LiveFiles files;
    private final Supplier<BoxLoad.Used> load;
    private final double pace;
    private final CpuClocks clocks;
    private final Meminfo meminfo;
    private final PhoneCharger charger;
    private final PhoneScreen screen;
    private final WakeLocks wakeLocks;
    private long lastNanos = System.nanoTime();
    private long gaugeNanos;
    private PhoneState gauge;
    private PhoneState now;

    /**
     * A life that has not begun.
     *
     * @param pace how many seconds pass in the body for one of this machine's
     */
    PhoneLife(PhoneProfile profile, MachineTree tree, PhoneBody body, Supplier<BoxLoad.Used> load, double pace) {
        this.profile = profile;
        this.tree = tree;
        this.body = body;
        this.files = new LiveFiles(profile);
        this.load = load;
        this.pace = pace;
        this.meminfo = new Meminfo(profile.memoryBytes() / 1024, profile.memoryBytes() / 2048, SYSTEM_SHARE, List.of());
        this.clocks = new CpuClocks(profile.clusters(), tree);
        this.charger = new PhoneCharger(profile, tree);
        this.screen = new PhoneScreen(tree);
        this.wakeLocks = new WakeLocks(tree);
        this.now = body.state(0);
        this.gauge = now;
    }

    /** Changes the body and shows it at once. */
    synchronized void change(Runnable act) throws IOException {
        act.run();
        gaugeNanos = 0;
        beat();
    }

    /** One step of real time. */
    synchronized void beat() throws IOException {
        long nanos = System.nanoTime();
        double seconds = Math.max(1e-3, (nanos - lastNanos) / 1e9);
        lastNanos = nanos;
        BoxLoad.Used used = load.get();
        double share = used.share(seconds);
        clocks.read();
        body.clocks(clocks.share(limit()));
        body.charging(charger.read(now.level()));
        wakeLocks.beat(nanos);
        body.step(seconds * pace, share, screen.beat(now.plugged()));
        now = body.state(share);
        if (gaugeNanos == 0 || nanos - gaugeNanos >= profile.battery().gaugeMillis() * 1_000_000L) {
            gauge = now;
            gaugeNanos = nanos;
        }
        write(used.residentBytes());
    }

    synchronized PhoneState state() {
        return now;
    }

    /** What does not outlive a boot is as it was made, and what anybody can read is there before the first one can. */
    synchronized void boot() throws IOException {
        clocks.forget();
        charger.reset();
        screen.wake();
        wakeLocks.forget();
        write(0);
    }

    private void write(long residentBytes) throws IOException {
        clocks.show(Math.min(now.cap(), limit()), now.load());
        for (Map.Entry<String, String> file : files.of(now, gauge).entrySet()) {
            tree.put(file.getKey(), file.getValue());
        }
        tree.overwrite("/proc/meminfo", meminfo.text(residentBytes));
    }

    /** A Pixel holds about this share of its highest clocks in fixed-performance mode. */
    private double limit() {
        boolean fixed =
                tree.line("/virtual/state/fixed_performance").orElse("0").equals("1");
        return fixed ? FIXED_PERFORMANCE : 1;
    }
}
