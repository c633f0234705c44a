package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;

/** The saved forms of iPhones and iPads. */
public final class IosFormats implements SavedFormatProvider {
    @Override
    public List<SavedFormat> formats() {
        return List.of(
                console("devicectl", "launches and processes: xcrun devicectl, text or JSON", Devicectl::read),
                new TelemetryFormat("gas-gauge", "battery: idevicediagnostics diagnostics GasGauge", GasGauge::read),
                console(
                        "goios-battery",
                        "battery as JSON: go-ios batteryregistry, pymobiledevice3, tidevice",
                        BatteryReadings::ofJson),
                console("idevicedebug", "launch of an app: idevicedebug run", AppRuns::read),
                new TelemetryFormat(
                        "ideviceinfo", "properties, battery, disk of a phone: ideviceinfo", IdeviceInfo::read),
                console("ideviceinstaller", "apps and installations: ideviceinstaller", IosFormats::installer),
                new TelemetryFormat(
                        "ioreg-battery",
                        "battery: idevicediagnostics ioregentry AppleSmartBattery",
                        BatteryReadings::ofXml),
                console("ios-tool-error", "why a tool for iPhones failed, from what it printed", ToolErrors::read),
                console("jetsam", "processes ended for memory: JetsamEvent-*.ips, idevicesyslog", Jetsam::read));
    }

    private static SavedFormat console(String kind, String describe, TelemetryFormat.Reader reader) {
        return new ConsoleFormat(new TelemetryFormat(kind, describe, reader));
    }

    private static TelemetryRecord installer(SourceText text) throws UnknownOutputException {
        return InstallLog.isIn(text) ? InstallLog.read(text) : InstalledApps.read(text);
    }
}
