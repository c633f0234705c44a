package dev.melt.virtual.board;

import dev.melt.virtual.machine.ClockDomain;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a Jetson has in {@code /etc} and {@code /sys} that does not change while it runs. */
record FixedTegra(BoardProfile profile, Tegra tegra, MachineTree tree) {
    void write() throws IOException {
        tree.put("/etc/nv_tegra_release", tegra.release());
        tree.put("/etc/nvpmodel.conf", new NvpmodelConf(profile, tegra).text());
        tree.folder("/var/lib/nvpmodel");
        tree.put("/virtual/tegra", facts());
        graphics();
        for (Tegra.Meter meter : tegra.meters()) {
            tree.put(meter.folder() + "/name", meter.driver());
            if (!meter.isIio()) {
                tree.link(
                        "/sys/class/hwmon/hwmon" + meter.index(),
                        "../.." + meter.folder().substring("/sys".length()));
            }
        }
        tree.folder("/sys/kernel/debug");
        tree.mode("/sys/kernel/debug", "rwx------");
    }

    /** What the last boot left. */
    void reset() throws IOException {
        for (int i = 0; i < profile.processors(); i++) {
            for (int state = 0; state < tegra.idleStates().size(); state++) {
                String folder = "/sys/devices/system/cpu/cpu" + i + "/cpuidle/state" + state;
                tree.put(folder + "/name", tegra.idleStates().get(state));
                tree.replace(folder + "/disable", "0");
            }
        }
        tree.replace(tegra.gpu().control() + "/power/control", "auto");
    }

    private void graphics() throws IOException {
        ClockDomain clock = tegra.gpu().clock();
        tree.put(
                clock.prefix() + "available_frequencies",
                String.join(" ", clock.steps().stream().map(String::valueOf).toList()));
        tree.put(clock.prefix() + "available_governors", String.join(" ", clock.governors()));
        tree.put(clock.prefix() + "polling_interval", "0");
        tree.put(tegra.gpu().control() + "/fbp_pg_mask", "2");
        tree.putFirst(tegra.gpu().control() + "/tpc_pg_mask", Integer.toString(defaultMode()));
        String name = "/sys/class/devfreq/" + tegra.gpu().name();
        if (!name.equals(tegra.gpu().devfreq())) {
            tree.link(name, "../.." + tegra.gpu().devfreq().substring("/sys".length()));
        }
    }

    private int defaultMode() {
        return tegra.modes().stream()
                .filter(mode -> mode.id() == tegra.defaultMode())
                .mapToInt(Tegra.PowerMode::powerGating)
                .findFirst()
                .orElse(0);
    }

    /** Assignments for the scripts. */
    private String facts() {
        return String.join(
                "\n",
                List.of(
                        "SOC='" + tegra.soc() + "'",
                        "GENERATION=" + tegra.generation().name().toLowerCase(Locale.ROOT),
                        "MACHINE='" + tegra.machine() + "'",
                        "CPUS=" + profile.processors(),
                        "DEVFREQ=" + tegra.gpu().devfreq(),
                        "EMCCLOCK=" + tegra.emc().debug(),
                        "PARTS=" + tegra.gpu().parts(),
                        "FAN='" + (profile.fan().isEmpty() ? "" : profile.fan().get(0)) + "'"));
    }
}
