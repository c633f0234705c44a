package dev.melt.android.adb;

import dev.melt.android.parse.DumpsysBattery;
import dev.melt.android.parse.GetProp;
import dev.melt.core.remote.FreeSpace;
import dev.melt.core.sysfs.CpuClusters;
import dev.melt.core.sysfs.KernelFiles;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is known of an Android device. A fact that cannot be found is not among them. */
record AndroidFacts(AndroidLook look) {
    private static final Map<String, String> NPUS = Map.of(
            "/dev/edgetpu-soc", "Google TPU",
            "/dev/abrolhos", "Google TPU (abrolhos)",
            "/dev/janeiro", "Google TPU (janeiro)",
            "/dev/rio", "Google TPU (rio)",
            "/dev/adsprpc-smd", "Qualcomm Hexagon",
            "/dev/fastrpc-cdsp", "Qualcomm Hexagon",
            "/dev/apusys", "MediaTek APU",
            "/dev/vertex10", "Samsung NPU",
            "/dev/npu", "NPU");

    SortedMap<String, String> find() {
        TreeMap<String, String> facts = new TreeMap<>();
        GetProp properties = look.properties();
        facts.put("os", "Android");
        facts.putAll(new DeviceIdentity(properties).facts());
        put(facts, "product", properties.first("ro.product.name", "ro.product.device"));
        put(facts, "abi", abi(properties));
        put(facts, "java", properties.first("ro.melt.virtual.java"));
        put(facts, "build", properties.first("ro.build.fingerprint", "ro.build.id"));
        put(facts, "build_type", properties.first("ro.build.type"));
        put(facts, "security_patch", properties.first("ro.build.version.security_patch"));
        put(facts, "kernel", look.command("uname").map(said -> word(said, 2)));
        put(facts, "gpu", gpu(properties));
        put(facts, "npu", npu());
        processor(facts);
        storage(facts);
        battery(facts);
        put(facts, "thermal_zones", zones());
        new RailProbes(look).subsystems().forEach((rail, subsystem) -> facts.put("rail/" + rail, subsystem));
        return facts;
    }

    /** A virtual phone runs the programs of the machine that it is on, too. */
    private static Optional<String> abi(GetProp properties) {
        return properties
                .first("ro.product.cpu.abi")
                .map(abi -> properties
                        .first("ro.melt.virtual.abi")
                        .map(own -> abi + "," + own)
                        .orElse(abi));
    }

    private Optional<String> gpu(GetProp properties) {
        return look.line("/sys/class/kgsl/kgsl-3d0/gpu_model")
                .or(() -> look.command("gles").map(said -> said.strip().replaceFirst("^GLES:\\s*", "")))
                .or(() -> properties.first("ro.hardware.egl", "ro.hardware.vulkan"));
    }

    private Optional<String> npu() {
        return look.command("npu")
                .flatMap(said -> said.lines()
                        .map(String::strip)
                        .filter(NPUS::containsKey)
                        .map(NPUS::get)
                        .findFirst());
    }

    private void processor(TreeMap<String, String> facts) {
        put(facts, "clusters", CpuClusters.describe(look));
        facts.putAll(CpuClusters.maximumFrequencies(look, "cpuinfo_max_freq"));
        put(facts, "governor", look.line("/sys/devices/system/cpu/cpufreq/policy0/scaling_governor"));
        put(facts, "cpu_model", field("/proc/cpuinfo", "(?m)^(?:Hardware|model name)\\s*:\\s*(.+)$"));
        long cores = look.text("/proc/stat")
                .orElse("")
                .lines()
                .filter(line -> line.matches("cpu[0-9].*"))
                .count();
        if (cores > 0) {
            facts.put("cores", Long.toString(cores));
        }
        field("/proc/meminfo", "MemTotal:\\s+([0-9]{1,15}) kB")
                .ifPresent(kilobytes -> facts.put("memory_bytes", Long.toString(Long.parseLong(kilobytes) * 1024)));
        put(facts, "page_bytes", look.command("page").map(String::strip).filter(said -> said.matches("[0-9]{1,9}")));
    }

    private void storage(TreeMap<String, String> facts) {
        OptionalLong total = FreeSpace.total(look.command("df").orElse(""));
        total.ifPresent(bytes -> facts.put("storage_bytes", Long.toString(bytes)));
    }

    private void battery(TreeMap<String, String> facts) {
        Optional<String> supply = GaugeProbes.supply(look);
        Optional<DumpsysBattery> dump = look.battery();
        put(
                facts,
                "battery_health",
                supply.flatMap(path -> look.line(path + "/health"))
                        .or(() -> dump.flatMap(DumpsysBattery::health).map(AndroidFacts::asTheKernelWritesIt)));
        put(facts, "battery_technology", dump.flatMap(DumpsysBattery::technology));
        supply.ifPresent(path -> {
            put(facts, "battery_gauge", Optional.of(KernelFiles.name(path)));
            put(facts, "battery_cycles", look.line(path + "/cycle_count"));
            milliampereHours(facts, "battery_capacity_mah", path + "/charge_full");
            milliampereHours(facts, "battery_design_mah", path + "/charge_full_design");
        });
        GaugeConvention.of(look).ifPresent(convention -> facts.putAll(convention.facts()));
    }

    private static String asTheKernelWritesIt(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private void milliampereHours(TreeMap<String, String> facts, String key, String file) {
        look.number(file).ifPresent(micro -> facts.put(key, Long.toString(micro / 1000)));
    }

    private Optional<String> zones() {
        String zones = look.list("/sys/class/thermal", "thermal_zone[0-9]+").stream()
                .flatMap(zone -> look.line(zone + "/type").stream())
                .distinct()
                .collect(Collectors.joining(" "));
        return zones.isEmpty() ? Optional.empty() : Optional.of(zones);
    }

    private Optional<String> field(String file, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(look.text(file).orElse(""));
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static String word(String text, int number) {
        String[] words = text.strip().split("\\s+", -1);
        return words.length > number ? words[number] : text.strip();
    }

    private static void put(TreeMap<String, String> facts, String key, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(found -> facts.put(key, found));
    }
}
