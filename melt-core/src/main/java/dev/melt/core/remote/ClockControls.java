package dev.melt.core.remote;

import dev.melt.core.device.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Governor, lowest and highest frequency of processors that share a clock ({@code cpufreq}). */
public final class ClockControls {
    private static final String CPUFREQ = "/sys/devices/system/cpu/cpufreq/policy";
    private static final String KILOHERTZ = "[0-9]{4,8}";

    private ClockControls() {}

    /**
     * Three for each of them.
     *
     * @param processors as {@code cpu0}, {@code cpu4}
     * @param obstacle why they cannot be had; empty when they can
     */
    public static List<ShellControl> of(List<String> processors, Rights rights, Optional<String> obstacle) {
        List<ShellControl> all = new ArrayList<>();
        for (String processor : processors) {
            String policy = CPUFREQ + processor.substring("cpu".length()) + "/scaling_";
            all.add(ShellControl.file(
                    control("governor/" + processor, "of its clock", "[a-z_]{1,32}", obstacle),
                    policy + "governor",
                    rights));
            all.add(ShellControl.file(
                    control("min_frequency/" + processor, "kHz, at least", KILOHERTZ, obstacle),
                    policy + "min_freq",
                    rights));
            all.add(ShellControl.file(
                    control("max_frequency/" + processor, "kHz, at most", KILOHERTZ, obstacle),
                    policy + "max_freq",
                    rights));
        }
        return all;
    }

    private static Control control(String name, String about, String accepts, Optional<String> obstacle) {
        return new Control(name, about, Optional.empty(), accepts, Optional.empty(), true, obstacle);
    }
}
