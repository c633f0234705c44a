package dev.melt.android.adb;

import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.stream.Stream;

/** Clock and busy share of a phone's GPU, where the shell may read them: Adreno (kgsl), Mali, MediaTek's ged. */
record GpuProbes(AndroidLook look) {
    private static final String KGSL = "/sys/class/kgsl/kgsl-3d0/";
    private static final String SITE = "gpu";
    private static final double PERCENT = 0.01;

    /** Pixel's Mali driver tells kilohertz. */
    private static final long LARGEST_KILOHERTZ = 10_000_000;

    void find(ProbeList found) {
        Stream.of(
                        List.of(KGSL + "gpuclk", KGSL + "devfreq/cur_freq"),
                        under("/sys/devices/platform", ".*\\.mali", "cur_freq"),
                        under("/sys/class/devfreq", ".*(mali|gpu).*", "cur_freq"))
                .flatMap(List::stream)
                .filter(path -> look.number(path).isPresent())
                .findFirst()
                .ifPresent(path ->
                        found.number(path, "frequency", SITE, Unit.HERTZ, "gpu-driver", new Scale(hertz(path))));
        Stream.of(
                        List.of(KGSL + "gpu_busy_percentage"),
                        under("/sys/devices/platform", ".*\\.mali", "utilization"),
                        List.of("/sys/class/misc/mali0/device/utilisation", "/sys/kernel/ged/hal/gpu_utilization"))
                .flatMap(List::stream)
                .filter(path -> look.line(path)
                        .filter(line -> line.matches("[0-9]{1,3}\\b.*"))
                        .isPresent())
                .findFirst()
                .ifPresent(
                        path -> found.number(path, "utilisation", SITE, Unit.RATIO, "gpu-driver", new Scale(PERCENT)));
        if (look.isReadable(KGSL + "gpuclk") || (found.has("frequency") && found.has("utilisation"))) {
            return;
        }
        found.absent("gpu", "no clock and no busy share of the GPU that the shell may read");
    }

    private List<String> under(String folder, String form, String file) {
        return look.list(folder, form).stream().map(path -> path + "/" + file).toList();
    }

    private double hertz(String path) {
        return look.number(path).orElse(0) < LARGEST_KILOHERTZ ? 1000 : 1;
    }
}
