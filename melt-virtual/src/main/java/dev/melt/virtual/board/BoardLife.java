package dev.melt.virtual.board;

import dev.melt.virtual.machine.BoxLoad;
import dev.melt.virtual.machine.MachineTree;
import dev.melt.virtual.machine.Meminfo;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets a board live: at each beat it looks how busy the board is and what was written into its {@code /sys}, lets that act on power and
 * temperatures, and writes what the gauges show. Its state is guarded by this object.
 */
final class BoardLife {
    private final MachineTree tree;
    private final BoardBody body;
    private final Supplier<BoxLoad.Used> load;
    private final double pace;
    private final BoardClocks clocks;
    private final BoardFan fan;
    private final BoardFiles files;
    private final Meminfo meminfo;
    private final Optional<TegrastatsValues> tegrastats;
    private double gpuLoad;
    private long lastNanos = System.nanoTime();

    /**
     * A life that has not begun.
     *
     * @param pace how many seconds pass in the body for one of this machine's
     */
    BoardLife(BoardProfile profile, MachineTree tree, long seed, Supplier<BoxLoad.Used> load, double pace) {
        this.tree = tree;
        this.load = load;
        this.pace = pace;
        this.body = new BoardBody(profile.power(), seed);
        this.clocks = new BoardClocks(profile, tree);
        this.fan = new BoardFan(profile.fan(), tree);
        this.files = new BoardFiles(profile, seed);
        this.meminfo = new Meminfo(
                profile.memoryKilobytes(), profile.swapKilobytes(), profile.systemShare(), profile.meminfo());
        this.tegrastats = profile.tegra().map(tegra -> new TegrastatsValues(profile, tegra, seed));
    }

    /** What does not outlive a boot is as it was made, and what anybody can read is there before the first one can. */
    synchronized void boot() throws IOException {
        clocks.forget();
        fan.forget();
        lastNanos = System.nanoTime();
        write(0);
    }

    /** One step of real time. */
    synchronized void beat() throws IOException {
        long nanos = System.nanoTime();
        double seconds = Math.max(1e-3, (nanos - lastNanos) / 1e9);
        lastNanos = nanos;
        BoxLoad.Used used = load.get();
        clocks.read();
        double turning = fan.turn(body.state().junction());
        body.step(seconds * pace, clocks.drive(used.share(seconds), gpuLoad, turning));
        write(used.residentBytes());
    }

    /** What the GPU has to do from now on, 0 to 1: nothing that runs here uses one. */
    synchronized void gpuLoad(double share) {
        gpuLoad = Math.max(0, Math.min(1, share));
    }

    /** Sets all temperatures in °C, from which they go on as usual. */
    synchronized void warm(double degrees) {
        body.warm(degrees);
    }

    private void write(long residentBytes) throws IOException {
        BoardState now = body.state();
        BoardClocks.Shown shown = clocks.show(now);
        BoardFiles.Live live = files.of(now, fan.turn(now.junction()));
        for (Map.Entry<String, String> file : live.files().entrySet()) {
            tree.put(file.getKey(), file.getValue());
        }
        tree.overwrite("/proc/meminfo", meminfo.text(residentBytes));
        if (tegrastats.isPresent()) {
            tree.put(
                    "/virtual/live/values",
                    tegrastats
                            .get()
                            .of(now, shown, clocks.online(), live.rails(), meminfo.availableKilobytes(residentBytes)));
        }
    }
}
