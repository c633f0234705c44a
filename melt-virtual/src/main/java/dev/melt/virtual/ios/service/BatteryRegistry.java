package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.device.IphoneProfile;
import dev.melt.virtual.ios.device.IphoneState;
import dev.melt.virtual.ios.wire.Plists;

/** What the registry says of the battery: values as its gauge read them last. */
record BatteryRegistry(Iphone phone) {
    private static final int UNKNOWN_MINUTES = 65_535;

    /** The entry that it stands in. */
    String entry() {
        return phone.profile().gauge() == IphoneProfile.Gauge.PMU ? "AppleARMPMUCharger" : "AppleSmartBattery";
    }

    NSDictionary properties() {
        IphoneConditions conditions = phone.conditions();
        boolean hidden = switch (conditions.keys()) {
            case HIDDEN -> true;
            case CLASSIC -> false;
            case OWN -> conditions.release().hidesBattery();
        };
        if (hidden) {
            return hidden(phone.life().gauge());
        }
        return phone.profile().gauge() == IphoneProfile.Gauge.PMU
                ? charger(phone.life().gauge())
                : smart(phone.life().gauge());
    }

    private NSDictionary smart(IphoneState state) {
        IphoneProfile.Battery battery = phone.profile().battery();
        NSDictionary all = dict(
                "AdapterDetails", adapter(state),
                "Amperage", milliamps(state),
                "AppleRawCurrentCapacity", Math.round(state.milliampHours()),
                "AppleRawMaxCapacity", Math.round(battery.fullMilliampHours()),
                "AtCriticalLevel", state.level() < 0.01,
                "AvgTimeToEmpty", minutesToEmpty(state),
                "AvgTimeToFull", UNKNOWN_MINUTES,
                "BatteryData",
                        dict(
                                "CycleCount",
                                battery.cycles(),
                                "DesignCapacity",
                                Math.round(battery.designMilliampHours()),
                                "Serial",
                                phone.serial()),
                "BatteryInstalled", true,
                "CurrentCapacity", state.percent(),
                "CycleCount", battery.cycles(),
                "DesignCapacity", Math.round(battery.designMilliampHours()),
                "ExternalChargeCapable", state.fed(),
                "ExternalConnected", state.fed());
        all.putAll(dict(
                "FullyCharged", state.full(),
                "InstantAmperage", milliamps(state),
                "IsCharging", state.charging(),
                "MaxCapacity", 100,
                "NominalChargeCapacity", Math.round(battery.fullMilliampHours() * 1.011),
                "PowerTelemetryData",
                        dict(
                                "SystemLoad",
                                Math.round(state.watts() * 1000),
                                "SystemPowerIn",
                                state.fed() ? Math.round(battery.usbWatts() * 1000) : 0),
                "Temperature", Math.round(state.cell() * 100),
                "UpdateTime", updated(),
                "Voltage", Math.round(state.volts() * 1000)));
        return all;
    }

    /** Before the iPhone 8 the percentage is not there: capacities are mAh. */
    private NSDictionary charger(IphoneState state) {
        IphoneProfile.Battery battery = phone.profile().battery();
        return dict(
                "AdapterDetails", adapter(state),
                "AtCriticalLevel", state.level() < 0.01,
                "BatteryInstalled", true,
                "CurrentCapacity", Math.round(state.milliampHours()),
                "CycleCount", battery.cycles(),
                "DesignCapacity", Math.round(battery.designMilliampHours()),
                "ExternalChargeCapable", state.fed(),
                "ExternalConnected", state.fed(),
                "FullyCharged", state.full(),
                "InstantAmperage", milliamps(state),
                "IsCharging", state.charging(),
                "MaxCapacity", Math.round(battery.fullMilliampHours()),
                "Temperature", Math.round(state.cell() * 100),
                "UpdateTime", updated(),
                "Voltage", Math.round(state.volts() * 1000));
    }

    /** As iOS 26 tells it to those without an entitlement. */
    private NSDictionary hidden(IphoneState state) {
        IphoneProfile.Battery battery = phone.profile().battery();
        long full = Math.round(battery.fullMilliampHours());
        return dict(
                "BatteryData",
                dict(
                        "AppleRawMaxCapacity",
                        full,
                        "CurrentCapacity",
                        state.percent(),
                        "DesignCapacity",
                        Math.round(battery.designMilliampHours()),
                        "FullChargeCapacity",
                        full,
                        "MaxCapacity",
                        100,
                        "NominalChargeCapacity",
                        Math.round(full * 1.011)),
                "CurrentCapacity",
                state.percent(),
                "CycleCount",
                battery.cycles(),
                "IsCharging",
                state.charging(),
                "MaxCapacity",
                100);
    }

    private static NSDictionary adapter(IphoneState state) {
        return state.fed()
                ? dict("AdapterVoltage", 5000, "Current", 900, "Description", "usb host", "Watts", 4)
                : dict("AdapterVoltage", 0, "Current", 0, "Watts", 0);
    }

    /** Negative while the battery gives, or 2^64 less that. */
    private NSObject milliamps(IphoneState state) {
        long value = -Math.round(state.amperes() * 1000);
        return phone.conditions().unsignedCurrent() ? Plists.unsigned(value) : new NSNumber(value);
    }

    private static long minutesToEmpty(IphoneState state) {
        return state.amperes() > 0
                ? Math.min(UNKNOWN_MINUTES, Math.round(state.milliampHours() / (state.amperes() * 1000) * 60))
                : UNKNOWN_MINUTES;
    }

    private long updated() {
        return phone.life().gaugeSeconds() + phone.conditions().clockAheadMillis() / 1000;
    }
}
