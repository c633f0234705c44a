package dev.melt.jetson.board;

import dev.melt.core.sysfs.KernelFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Where the clocks of a board's graphics processor and memory controller lie. The path of the former changed with nearly every
 * generation of NVIDIA's Linux.
 */
record ClockFiles(KernelFiles files) {
    private static final List<String> FOLDERS = List.of("/sys/devices/platform", "/sys/devices");
    private static final List<String> UNITS =
            List.of("[0-9a-f]+\\.gpu", "[0-9a-f]+\\.ga10b", "[0-9a-f]+\\.gv11b", "gpu\\.0");
    private static final String EMC = "/sys/kernel/debug/bpmp/debug/clk/emc/rate";

    /** The folder with {@code cur_freq}, {@code min_freq} and {@code max_freq} of the graphics processor, in Hz. */
    Optional<String> gpu() {
        return Stream.concat(platform(), files.list("/sys/class/devfreq", "gpu-gpc-0|.*\\.gpu|.*gpu.*").stream())
                .filter(folder -> files.number(folder + "/cur_freq").isPresent())
                .findFirst();
    }

    private Stream<String> platform() {
        return FOLDERS.stream()
                .flatMap(folder -> UNITS.stream().flatMap(unit -> files.list(folder, unit).stream()))
                .flatMap(unit ->
                        Stream.concat(Stream.of(unit + "/devfreq_dev"), files.list(unit + "/devfreq", ".+").stream()));
    }

    /** The file with the share of time in which the graphics processor is busy, in thousandths. */
    Optional<String> gpuLoad() {
        return Stream.concat(
                        Stream.of("/sys/devices/gpu.0/load", "/sys/devices/platform/gpu.0/load"),
                        files.list("/sys/devices/platform", "[0-9a-f]+\\.gpu").stream()
                                .map(unit -> unit + "/load"))
                .filter(file -> {
                    OptionalLong load = files.number(file);
                    return load.isPresent() && load.getAsLong() >= 0 && load.getAsLong() <= 1000;
                })
                .findFirst();
    }

    /** The file with the memory controller's clock in Hz; root alone may read it. */
    Optional<String> emc() {
        return Optional.of(EMC).filter(file -> files.number(file).isPresent());
    }
}
