package dev.melt.virtual.board;

import dev.melt.virtual.machine.Cluster;
import dev.melt.virtual.machine.CpuClocks;
import dev.melt.virtual.machine.MachineTree;
import dev.melt.virtual.machine.OnlineProcessors;
import dev.melt.virtual.machine.SettableClock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The clocks of a board and what is switched off: power modes, jetson_clocks and people set them in {@code /sys}. One thread uses it. */
final class BoardClocks {
    private final BoardProfile profile;
    private final CpuClocks cpu;
    private final OnlineProcessors online;
    private final Optional<SettableClock> gpu;
    private final Optional<MemoryClock> memory;

    /**
     * What the clocks show.
     *
     * @param gpuHertz 0 where there is none, as for the memory
     */
    record Shown(Map<Cluster, Long> cpuKilohertz, long gpuHertz, long memoryHertz) {}

    BoardClocks(BoardProfile profile, MachineTree tree) {
        this.profile = profile;
        this.cpu = new CpuClocks(profile.clusters(), tree);
        this.online = new OnlineProcessors(profile.processors(), tree);
        this.gpu = profile.tegra().map(tegra -> new SettableClock(tegra.gpu().clock(), tree));
        this.memory = profile.tegra().map(tegra -> new MemoryClock(tegra.emc(), tree));
    }

    OnlineProcessors online() {
        return online;
    }

    /** As after a boot. */
    void forget() throws IOException {
        cpu.forget();
        online.forget();
        gpu.ifPresent(SettableClock::forget);
        if (memory.isPresent()) {
            memory.get().forget();
        }
    }

    /** Takes over what was written since the last time. */
    void read() {
        cpu.read();
        online.read();
        gpu.ifPresent(SettableClock::read);
    }

    /** What they let a board do under a load. */
    BoardDrive drive(double cpuLoad, double gpuLoad, double fan) {
        return new BoardDrive(
                cpuLoad,
                (double) online.count() / profile.processors(),
                cpu.share(1),
                cpu.floor(1),
                gpuLoad,
                gpu.map(clock -> share(clock.most(1))).orElse(0.0),
                gpu.map(clock -> share(clock.least(1))).orElse(0.0),
                memory.map(MemoryClock::share).orElse(1.0),
                fan);
    }

    Shown show(BoardState now) throws IOException {
        online.show();
        return new Shown(
                cpu.show(now.cap(), now.cpuLoad()),
                gpu.isPresent() ? gpu.get().show(now.cap(), now.gpuLoad()) : 0,
                memory.isPresent() ? memory.get().show(now.memoryPower()) : 0);
    }

    private double share(long hertz) {
        return profile.tegra()
                .map(tegra -> (double) hertz / tegra.gpu().clock().highest())
                .orElse(0.0);
    }
}
