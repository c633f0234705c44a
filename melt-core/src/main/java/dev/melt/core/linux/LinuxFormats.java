package dev.melt.core.linux;

import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.core.parse.TelemetryFormat;
import java.util.List;

/** The saved forms of a Linux kernel. */
public final class LinuxFormats implements SavedFormatProvider {
    @Override
    public List<SavedFormat> formats() {
        return List.of(
                new TelemetryFormat(
                        "nvidia-smi", "NVIDIA GPUs: nvidia-smi --query-gpu=... --format=csv", NvidiaSmi::read),
                new TelemetryFormat(
                        "perf-energy", "energy events: perf stat -a -e power/energy-pkg/", PerfEnergy::read),
                new TelemetryFormat("proc-meminfo", "memory of the machine: /proc/meminfo", ProcMeminfo::read),
                new TelemetryFormat("proc-status", "memory of one process: /proc/PID/status", ProcStatus::read),
                new TelemetryFormat("rapl", "energy counters of a processor: files of /sys/class/powercap", Rapl::read),
                new TelemetryFormat("smaps-rollup", "own and shared memory: /proc/PID/smaps_rollup", SmapsRollup::read),
                new TelemetryFormat(
                        "power-supply",
                        "battery and charger: uevent or files of /sys/class/power_supply",
                        PowerSupplies::read),
                new TelemetryFormat(
                        "thermal-zones",
                        "temperatures: zoneN:TYPE:VALUE lines, or files of /sys/class/thermal",
                        ThermalZones::read));
    }
}
