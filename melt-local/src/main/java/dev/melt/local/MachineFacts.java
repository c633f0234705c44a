package dev.melt.local;

import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import dev.melt.core.sysfs.CpuClusters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of this machine: processor, memory, kernel, whether it is virtual. A fact that cannot be found is not
 * among them.
 */
record MachineFacts(Sysroot sysroot, Map<String, String> properties) {

    TreeMap<String, String> find() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("os", properties.getOrDefault("os.name", "unknown"));
        facts.put("arch", properties.getOrDefault("os.arch", "unknown"));
        put(
                facts,
                "abi",
                Abi.of(properties.getOrDefault("os.arch", ""), mac() ? Platform.MACOS : Platform.LINUX)
                        .map(Abi::word));
        put(facts, "java", Optional.ofNullable(properties.get("java.home")).map(home -> home + "/bin/java"));
        put(
                facts,
                "kernel",
                sysroot.line("/proc/sys/kernel/osrelease").or(() -> Optional.ofNullable(properties.get("os.version"))));
        put(facts, "distribution", field("/etc/os-release", "PRETTY_NAME=\"?([^\"\\n]+)\"?"));
        put(
                facts,
                "machine",
                sysroot.line("/sys/class/dmi/id/product_name").or(() -> sysroot.line("/proc/device-tree/model")));
        processor(facts);
        field("/proc/meminfo", "MemTotal:\\s+([0-9]{1,15}) kB")
                .ifPresent(kilobytes -> facts.put("memory_bytes", Long.toString(Long.parseLong(kilobytes) * 1024)));
        facts.put("virtualised", Boolean.toString(virtualised()));
        return facts;
    }

    private boolean mac() {
        return properties.getOrDefault("os.name", "").startsWith("Mac");
    }

    private void processor(TreeMap<String, String> facts) {
        put(facts, "cpu_model", field("/proc/cpuinfo", "(?m)^(?:model name|Hardware|Model|cpu model)\\s*:\\s*(.+)$"));
        int cores = sysroot.list("/sys/devices/system/cpu", "cpu[0-9]+").size();
        facts.put(
                "cores",
                Integer.toString(cores > 0 ? cores : Runtime.getRuntime().availableProcessors()));
        put(facts, "governor", sysroot.line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        put(facts, "clusters", CpuClusters.describe(sysroot));
    }

    /** x86 tells by a processor flag, others by what the firmware calls the machine. */
    private boolean virtualised() {
        return field("/proc/cpuinfo", "(?m)^flags\\s*:.*\\b(hypervisor)\\b").isPresent()
                || sysroot.line("/sys/hypervisor/type").isPresent()
                || sysroot.line("/sys/class/dmi/id/sys_vendor")
                        .filter(vendor -> vendor.matches("QEMU|VMware.*|innotek.*|Xen|Amazon EC2|Google"))
                        .isPresent();
    }

    private Optional<String> field(String file, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(sysroot.text(file).orElse(""));
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static void put(TreeMap<String, String> facts, String key, Optional<String> value) {
        value.ifPresent(found -> facts.put(key, found));
    }
}
