package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.KillLog;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;

/** The saved forms of Android. */
public final class AndroidFormats implements SavedFormatProvider {
    @Override
    public List<SavedFormat> formats() {
        return List.of(
                new TelemetryFormat("adb-devices", "attached devices: adb devices -l", AdbDevices::read),
                new TelemetryFormat(
                        "batterystats", "battery statistics: dumpsys batterystats --checkin", BatteryStats::read),
                new TelemetryFormat("dumpsys-battery", "battery: dumpsys battery", AndroidFormats::battery),
                new TelemetryFormat("dumpsys-gpu", "memory of GPU drivers: dumpsys gpu --gpumem", GpuMemory::read),
                new TelemetryFormat("dumpsys-meminfo", "memory of an app: dumpsys meminfo APP", DumpsysMeminfo::read),
                new TelemetryFormat("getprop", "properties of a device: getprop", GetProp::read),
                new TelemetryFormat("kgsl", "Adreno GPU: gpubusy and other files of /sys/class/kgsl", Kgsl::read),
                new TelemetryFormat("lmkd", "deaths of processes in a log: logcat -b all", KillLog::read),
                new TelemetryFormat(
                        "odpm", "power rails of a Pixel: energy_value and enabled_rails of iio:device*", Odpm::read),
                new TelemetryFormat("thermalservice", "temperatures: dumpsys thermalservice", ThermalService::read));
    }

    /** The dump, or what older Samsung phones log instead. */
    private static TelemetryRecord battery(SourceText text) throws UnknownOutputException {
        return BatteryLog.isIn(text) ? BatteryLog.read(text) : DumpsysBattery.read(text);
    }
}
