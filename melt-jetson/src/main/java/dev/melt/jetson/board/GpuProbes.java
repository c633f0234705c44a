package dev.melt.jetson.board;

import dev.melt.core.sysfs.KernelFiles;
import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;

/** Clocks and load of a board's graphics processor, and the clock of its memory controller. */
record GpuProbes(KernelFiles files) {
    private static final String SOURCE = "devfreq";

    void find(ProbeList found) {
        ClockFiles clocks = new ClockFiles(files);
        clocks.gpu().ifPresent(folder -> {
            found.number(folder + "/cur_freq", "frequency", "gpu", Unit.HERTZ, SOURCE, new Scale(1));
            if (files.number(folder + "/max_freq").isPresent()) {
                found.number(folder + "/max_freq", "frequency_cap", "gpu", Unit.HERTZ, SOURCE, new Scale(1));
            }
        });
        clocks.gpuLoad()
                .ifPresent(file -> found.number(file, "utilisation", "gpu", Unit.RATIO, "gpu-load", new Scale(1e-3)));
        clocks.emc().ifPresent(file -> found.number(file, "frequency", "emc", Unit.HERTZ, "bpmp", new Scale(1)));
    }
}
