package dev.melt.core.sysfs;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Processors that share a clock, from {@code cpufreq}. */
public final class CpuClusters {
    private CpuClusters() {}

    /** Each with its highest frequency: {@code 0,1,2,3@1803000kHz 4,5@2348000kHz}; empty where the kernel does not tell. */
    public static Optional<String> describe(KernelFiles files) {
        StringBuilder clusters = new StringBuilder();
        for (String policy : files.list("/sys/devices/system/cpu/cpufreq", "policy[0-9]+")) {
            OptionalLong kilohertz = files.number(policy + "/cpuinfo_max_freq");
            Optional<String> cpus = files.line(policy + "/related_cpus");
            if (kilohertz.isPresent() && cpus.isPresent()) {
                clusters.append(clusters.length() == 0 ? "" : " ")
                        .append(cpus.get().replace(' ', ','))
                        .append('@')
                        .append(kilohertz.getAsLong())
                        .append("kHz");
            }
        }
        return clusters.length() == 0 ? Optional.empty() : Optional.of(clusters.toString());
    }

    /**
     * Facts {@code max_frequency_hz/cpuN} of each of them, by which a cap is told from full speed.
     *
     * @param file that has it in kHz: {@code cpuinfo_max_freq} of the hardware, {@code scaling_max_freq} of what is allowed now
     */
    public static Map<String, String> maximumFrequencies(KernelFiles files, String file) {
        Map<String, String> facts = new TreeMap<>();
        for (String policy : files.list("/sys/devices/system/cpu/cpufreq", "policy[0-9]+")) {
            String site = KernelFiles.name(policy).replace("policy", "cpu");
            files.number(policy + "/" + file)
                    .ifPresent(kilohertz -> facts.put("max_frequency_hz/" + site, Long.toString(kilohertz * 1000)));
        }
        return facts;
    }
}
