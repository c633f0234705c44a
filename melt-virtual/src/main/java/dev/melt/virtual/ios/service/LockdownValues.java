package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import dev.melt.virtual.ios.device.IosRelease;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.device.IphoneDisk;
import dev.melt.virtual.ios.device.IphoneProfile;
import dev.melt.virtual.ios.device.IphoneState;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What lockdownd knows of the phone, by domain and key. Safe for use by several threads. */
record LockdownValues(Iphone phone) {
    private static final String TIME = "TimeIntervalSince1970";
    private static final String NAME = "DeviceName";

    /** No iPhone has this: by it a simulated one is known. */
    private static final String VIRTUAL = "MeltVirtual";

    private static final long RESERVED = 209_715_200;

    /** What a host learns that is not paired. */
    private static final Set<String> OPEN = Set.of(
            "BuildVersion",
            "CPUArchitecture",
            "DeviceClass",
            NAME,
            "DevicePublicKey",
            "HardwareModel",
            "HasSiDP",
            VIRTUAL,
            "ProductName",
            "ProductType",
            "ProductVersion",
            "UniqueDeviceID",
            "WiFiAddress");

    /**
     * The value of a key, or all of a domain.
     *
     * @param domain empty: the one that has no name
     * @param trusted whether a session has begun
     */
    Optional<NSObject> get(String domain, Optional<String> key, boolean trusted) throws IOException {
        NSDictionary all = domain(domain);
        if (!trusted) {
            List.of(all.allKeys()).stream()
                    .filter(name -> !domain.isEmpty() || !OPEN.contains(name))
                    .forEach(all::remove);
        }
        if (key.isPresent()) {
            return Plists.value(all, key.get());
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** Whether it could be set. */
    boolean set(String domain, String key, NSObject value) {
        if (domain.isEmpty() && key.equals(NAME)) {
            phone.conditions().name(value.toString());
            return true;
        }
        if (domain.isEmpty() && key.equals(TIME) && value instanceof NSNumber seconds) {
            long millis = Math.round(seconds.doubleValue() * 1000);
            phone.conditions().clockAheadMillis(millis - System.currentTimeMillis());
            return true;
        }
        return false;
    }

    private NSDictionary domain(String name) throws IOException {
        return switch (name) {
            case "" -> global();
            case "com.apple.mobile.battery" -> battery();
            case "com.apple.disk_usage", "com.apple.disk_usage.factory" -> disk();
            case "com.apple.security.mac.amfi" -> developerMode();
            case "com.apple.mobile.wireless_lockdown" ->
                dict(
                        "EnableWifiConnections",
                        false,
                        "EnableWifiDebugging",
                        false,
                        "SupportsWifi",
                        true,
                        "SupportsWifiSyncing",
                        true);
            case "com.apple.international" -> dict("Keyboard", "en_US", "Language", "en", "Locale", "en_US");
            default -> new NSDictionary();
        };
    }

    private NSDictionary global() throws IOException {
        NSDictionary all = board(phone.profile(), phone.conditions());
        all.putAll(build(phone.profile(), phone.conditions()));
        all.putAll(unit());
        return all;
    }

    private NSDictionary board(IphoneProfile kind, IphoneConditions conditions) throws IOException {
        IosRelease release = conditions.release();
        return dict(
                "ActivationState",
                "Activated",
                "ActivationStateAcknowledged",
                true,
                "BoardId",
                kind.boardId(),
                "BrickState",
                false,
                "BuildVersion",
                release.build(),
                "CPUArchitecture",
                kind.cpuArchitecture(),
                "CertID",
                2_315_222_105L,
                "ChipID",
                kind.chipId(),
                "DeviceClass",
                "iPhone",
                "DeviceColor",
                "1",
                NAME,
                conditions.name(),
                "DevicePublicKey",
                new NSData(phone.trusted().publicKeyPem()),
                "DieID",
                0x0FACADEL);
    }

    private static NSDictionary build(IphoneProfile kind, IphoneConditions conditions) {
        IosRelease release = conditions.release();
        return dict(
                "FirmwareVersion",
                release.loader(),
                "HardwareModel",
                kind.hardwareModel(),
                "HardwarePlatform",
                kind.hardwarePlatform(),
                "HasSiDP",
                true,
                "HostAttached",
                true,
                VIRTUAL,
                true,
                "ModelNumber",
                kind.modelNumber(),
                "PartitionType",
                "",
                "PasswordProtected",
                conditions.lock() != IphoneConditions.Lock.OPEN,
                "ProductName",
                "iPhone OS",
                "ProductType",
                kind.productType(),
                "ProductVersion",
                release.version(),
                "ProductionSOC",
                true,
                "ProtocolVersion",
                "2",
                "RegionInfo",
                "LL/A");
    }

    /** What one phone has for itself. */
    private NSDictionary unit() {
        return dict(
                "SerialNumber",
                phone.serial(),
                "SoftwareBehavior",
                new NSData(new byte[16]),
                "SupportedDeviceFamilies",
                Plists.array(List.of(1)),
                "TelephonyCapability",
                false,
                TIME,
                seconds(),
                "TimeZone",
                "UTC",
                "TimeZoneOffsetFromUTC",
                0.0,
                "TrustedHostAttached",
                true,
                "UniqueChipID",
                0x0FACADEL,
                "UniqueDeviceID",
                phone.udid(),
                "UseRaptorCerts",
                true,
                "Uses24HourClock",
                true,
                "WiFiAddress",
                "02:00:00:fa:ca:de");
    }

    private double seconds() {
        Instant now = phone.clock().instant();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    private NSDictionary battery() {
        IphoneState state = phone.life().gauge();
        return dict(
                "BatteryCurrentCapacity", state.percent(),
                "BatteryIsCharging", state.charging(),
                "ExternalChargeCapable", state.fed(),
                "ExternalConnected", state.fed(),
                "FullyCharged", state.full(),
                "GasGaugeCapability", true,
                "HasBattery", true);
    }

    private NSDictionary disk() {
        IphoneDisk disk = phone.disk();
        long free = disk.free();
        return dict(
                "AmountDataAvailable",
                free,
                "AmountDataReserved",
                RESERVED,
                "CalculateDiskUsage",
                "OkilyDokily",
                "NANDInfo",
                new NSData(new byte[4]),
                "TotalDataAvailable",
                free + RESERVED,
                "TotalDataCapacity",
                disk.data(),
                "TotalDiskCapacity",
                disk.total(),
                "TotalSystemAvailable",
                0,
                "TotalSystemCapacity",
                disk.total() - disk.data());
    }

    private NSDictionary developerMode() {
        IphoneConditions conditions = phone.conditions();
        return conditions.release().hasDeveloperMode()
                ? dict("DeveloperModeStatus", conditions.developerMode())
                : new NSDictionary();
    }
}
