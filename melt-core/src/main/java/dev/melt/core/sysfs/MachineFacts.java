package dev.melt.core.sysfs;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Linux machine's files tell of it: processor, memory, kernel, whether it is virtual. A fact that cannot be found is not among
 * them.
 */
public record MachineFacts(KernelFiles files) {
    /** By name, sorted. */
    public TreeMap<String, String> find() {
        TreeMap<String, String> facts = new TreeMap<>();
        put(facts, "kernel", files.line("/proc/sys/kernel/osrelease"));
        put(facts, "distribution", field("/etc/os-release", "PRETTY_NAME=\"?([^\"\\n]+)\"?"));
        put(
                facts,
                "machine",
                files.line("/sys/class/dmi/id/product_name").or(() -> files.line("/proc/device-tree/model")));
        put(facts, "cpu_model", field("/proc/cpuinfo", "(?m)^(?:model name|Hardware|Model|cpu model)\\s*:\\s*(.+)$"));
        long cores = cores();
        if (cores > 0) {
            facts.put("cores", Long.toString(cores));
        }
        put(facts, "governor", governor());
        put(facts, "clusters", CpuClusters.describe(files));
        field("/proc/meminfo", "MemTotal:\\s+([0-9]{1,15}) kB")
                .ifPresent(kilobytes -> facts.put("memory_bytes", Long.toString(Long.parseLong(kilobytes) * 1024)));
        facts.put("virtualised", Boolean.toString(virtualised()));
        return facts;
    }

    /** Those that are switched on: power modes switch some of a board off. */
    private long cores() {
        long online = files.text("/proc/stat")
                .orElse("")
                .lines()
                .filter(line -> line.matches("cpu[0-9].*"))
                .count();
        return online > 0
                ? online
                : files.list("/sys/devices/system/cpu", "cpu[0-9]+").size();
    }

    private Optional<String> governor() {
        return files.line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
                .or(() -> files.line("/sys/devices/system/cpu/cpufreq/policy0/scaling_governor"));
    }

    /** x86 tells by a processor flag, others by what the firmware calls the machine. */
    private boolean virtualised() {
        return field("/proc/cpuinfo", "(?m)^flags\\s*:.*\\b(hypervisor)\\b").isPresent()
                || files.line("/sys/hypervisor/type").isPresent()
                || files.line("/sys/class/dmi/id/sys_vendor")
                        .filter(vendor -> vendor.matches("QEMU|VMware.*|innotek.*|Xen|Amazon EC2|Google"))
                        .isPresent();
    }

    private Optional<String> field(String file, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(files.text(file).orElse(""));
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static void put(Map<String, String> facts, String key, Optional<String> value) {
        value.ifPresent(found -> facts.put(key, found));
    }
}
