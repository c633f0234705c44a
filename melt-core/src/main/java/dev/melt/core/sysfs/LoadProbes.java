package dev.melt.core.sysfs;

import dev.melt.core.telemetry.Conversion.BusyShare;
import dev.melt.core.telemetry.Conversion.Rate;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Processors and memory: {@code /proc/stat}, {@code /proc/meminfo}, {@code /proc/loadavg}, cpufreq, resident set. */
public record LoadProbes(KernelFiles files, long pageBytes) {
    /** With more processors than this, columns for each would cost more than they tell. */
    private static final int MOST_PROCESSORS = 32;

    private static final int MOST_POLICIES = 8;

    /** What Linux tells processor time in, in a second, on every machine that MELT knows. */
    private static final double CLOCK_TICKS = 100;

    /** Adds them, and the reasons for what there is none of. */
    public void find(ProbeList found) {
        frequencies(found);
        utilisation(found);
        memory(found);
        String load = "/proc/loadavg";
        if (files.line(load).isPresent()) {
            found.number(load, "load", "1min", Unit.RATIO, "proc", new Scale(1));
        }
        found.add(
                "engine-cpu",
                "",
                List.of(new Probe.Column(
                        found.channel("utilisation", "engine", Unit.RATIO, "proc-stat"), new Rate(1 / CLOCK_TICKS))));
        found.add(
                "engine-rss",
                "",
                List.of(new Probe.Column(
                        found.channel("memory", "engine-rss", Unit.BYTE, "statm"), new Scale(pageBytes))));
        proportional(found);
    }

    /** What the tree has of pages that it shares; to tell it the kernel walks through all of them and holds the process up. */
    private void proportional(ProbeList found) {
        if (files.isReadable("/proc/self/smaps_rollup")) {
            found.disturbing(
                    "smaps:pss,swap_pss",
                    List.of(
                            new Probe.Column(
                                    found.channel("memory", "engine-pss", Unit.BYTE, "smaps"), new Scale(1024)),
                            new Probe.Column(
                                    found.channel("memory", "engine-swap-pss", Unit.BYTE, "smaps"), new Scale(1024))));
        }
    }

    private void frequencies(ProbeList found) {
        List<String> processors = files.list("/sys/devices/system/cpu", "cpu[0-9]+");
        for (String processor : processors.subList(0, Math.min(processors.size(), MOST_PROCESSORS))) {
            String file = processor + "/cpufreq/scaling_cur_freq";
            if (files.number(file).isPresent()) {
                found.number(file, "frequency", KernelFiles.name(processor), Unit.HERTZ, "cpufreq", new Scale(1000));
            }
        }
        caps(found);
        if (!found.has("frequency")) {
            found.absent(
                    "frequency",
                    "no cpufreq under /sys/devices/system/cpu; a virtual machine does not see its processor's clock");
        }
    }

    /** What processors that share a clock may run at: it falls when the system takes speed away. */
    private void caps(ProbeList found) {
        List<String> policies = files.list("/sys/devices/system/cpu/cpufreq", "policy[0-9]+");
        for (String policy : policies.subList(0, Math.min(policies.size(), MOST_POLICIES))) {
            String file = policy + "/scaling_max_freq";
            if (files.number(file).isPresent()) {
                String site = KernelFiles.name(policy).replace("policy", "cpu");
                found.number(file, "frequency_cap", site, Unit.HERTZ, "cpufreq", new Scale(1000));
            }
        }
    }

    private void utilisation(ProbeList found) {
        String stat = "/proc/stat";
        List<String> names = files.text(stat)
                .map(text -> text.lines()
                        .map(line -> line.split(" ", 2)[0])
                        .filter(word -> word.matches("cpu[0-9]*"))
                        .limit(1 + MOST_PROCESSORS)
                        .toList())
                .orElse(List.of());
        if (names.isEmpty()) {
            found.absent("utilisation", "no /proc/stat on this system");
            return;
        }
        List<Probe.Column> columns = new ArrayList<>();
        for (String name : names) {
            String site = name.equals("cpu") ? "all" : name;
            columns.add(new Probe.Column(found.channel("utilisation", site, Unit.RATIO, "proc-stat"), new BusyShare()));
        }
        found.add("keys:" + String.join(",", names), stat, columns);
    }

    private void memory(ProbeList found) {
        String meminfo = "/proc/meminfo";
        String text = files.text(meminfo).orElse("");
        Map<String, String> sites = new TreeMap<>(Map.of("MemAvailable", "available", "SwapFree", "swap-free"));
        List<String> keys = new ArrayList<>();
        List<Probe.Column> columns = new ArrayList<>();
        sites.forEach((key, site) -> {
            if (text.lines().anyMatch(line -> line.startsWith(key + ":"))) {
                keys.add(key);
                columns.add(new Probe.Column(found.channel("memory", site, Unit.BYTE, "meminfo"), new Scale(1024)));
            }
        });
        if (keys.isEmpty()) {
            found.absent("memory", "no /proc/meminfo on this system");
        } else {
            found.add("keys:" + String.join(",", keys), meminfo, columns);
        }
    }
}
