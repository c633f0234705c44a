package dev.melt.virtual.android;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets a phone's body live: five times a second it looks how busy the phone is, lets that act on battery and temperatures, and
 * writes what the gauges show. Its state is guarded by this object.
 */
final class PhoneLife {
    private static final double SYSTEM_SHARE = 0.34;

    private final PhoneProfile profile;
    private final PhoneTree tree;
    private final PhoneBody body;
    private final LiveFiles files;
    private final Supplier<BoxLoad.Used> load;
    private final double pace;
    private final PhoneClocks clocks;
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
    PhoneLife(PhoneProfile profile, PhoneTree tree, PhoneBody body, Supplier<BoxLoad.Used> load, double pace) {
        this.profile = profile;
        this.tree = tree;
        this.body = body;
        this.files = new LiveFiles(profile);
        this.load = load;
        this.pace = pace;
        this.clocks = new PhoneClocks(profile, tree);
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
        double share =
                Math.min(1, used.cpuSeconds() / seconds / Runtime.getRuntime().availableProcessors());
        clocks.read();
        body.clocks(clocks.share());
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
        clocks.show(now);
        for (Map.Entry<String, String> file : files.of(now, gauge).entrySet()) {
            tree.put(file.getKey(), file.getValue());
        }
        tree.overwrite("/proc/meminfo", memory(residentBytes));
    }

    private String memory(long residentBytes) {
        long total = profile.memoryBytes() / 1024;
        long system = (long) (total * SYSTEM_SHARE);
        long free = Math.max(total / 50, total - system - residentBytes / 1024);
        StringBuilder text = new StringBuilder();
        Map<String, Long> lines = new java.util.LinkedHashMap<>();
        lines.put("MemTotal", total);
        lines.put("MemFree", free / 3);
        lines.put("MemAvailable", free);
        lines.put("Buffers", 4096L);
        lines.put("Cached", free - free / 3);
        lines.put("SwapCached", 0L);
        lines.put("AnonPages", total - system - free > 0 ? total - system - free + system / 2 : system / 2);
        lines.put("SwapTotal", total / 2);
        lines.put("SwapFree", total / 2);
        lines.forEach(
                (name, kilobytes) -> text.append(String.format(Locale.ROOT, "%-15s %8d kB%n", name + ":", kilobytes)));
        return text.toString();
    }
}
