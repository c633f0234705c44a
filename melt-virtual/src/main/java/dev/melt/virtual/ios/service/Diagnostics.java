package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneProfile;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The relay of the phone's diagnostics. One thread serves it. */
record Diagnostics(Iphone phone, Runnable restart, Wire wire) {
    void run() throws IOException {
        Optional<NSDictionary> request = new PlistWire(wire).read();
        while (request.isPresent()) {
            String name = Plists.text(request.get(), "Request").orElse("");
            new PlistWire(wire).write(answer(name, request.get()));
            if (name.equals("Restart")) {
                restart.run();
            }
            if (name.equals("Goodbye")) {
                return;
            }
            request = new PlistWire(wire).read();
        }
    }

    private NSDictionary answer(String name, NSDictionary request) {
        return switch (name) {
            case "IORegistry" -> found(registry(request));
            case "GasGauge" -> found(dict("GasGauge", gasGauge()));
            case "All" -> found(dict("GasGauge", gasGauge(), "WiFi", wifi()));
            case "WiFi" -> found(dict("WiFi", wifi()));
            case "NAND" -> found(dict("NAND", dict("Status", "Success")));
            case "MobileGestalt" -> found(dict("MobileGestalt", gestalt(request)));
            case "Goodbye", "Sleep", "Restart", "Shutdown" -> dict("Status", "Success");
            default -> dict("Status", "UnknownRequest");
        };
    }

    private static NSDictionary found(NSDictionary what) {
        return dict("Status", "Success", "Diagnostics", what);
    }

    private NSDictionary registry(NSDictionary request) {
        BatteryRegistry battery = new BatteryRegistry(phone);
        String entry = Plists.text(request, "EntryName").orElse("");
        String type = Plists.text(request, "EntryClass").orElse("");
        Optional<String> plane = Plists.text(request, "CurrentPlane");
        if (entry.equals(battery.entry()) || type.equals("IOPMPowerSource") || type.equals(battery.entry())) {
            return dict("IORegistry", battery.properties());
        }
        return plane.isPresent()
                ? dict(
                        "IORegistry",
                        dict("name", "Root", "class", "IORegistryEntry", "children", Plists.array(List.of())))
                : new NSDictionary();
    }

    private NSDictionary gasGauge() {
        IphoneProfile.Battery battery = phone.profile().battery();
        return dict(
                "CycleCount",
                battery.cycles(),
                "DesignCapacity",
                Math.round(battery.designMilliampHours()),
                "FullChargeCapacity",
                100,
                "Status",
                "Success");
    }

    private static NSDictionary wifi() {
        return dict("Active", true, "Status", "Success");
    }

    /** From iOS 17.4 on it says of nothing more than that it is no longer told. */
    private NSDictionary gestalt(NSDictionary request) {
        if (phone.conditions().release().needsTunnel()) {
            return dict("Status", "MobileGestaltDeprecated");
        }
        NSDictionary all = dict(
                "Status", "Success",
                "BuildVersion", phone.conditions().release().build(),
                "ChipID", phone.profile().chipId(),
                "DeviceClass", "iPhone",
                "HWModelStr", phone.profile().hardwareModel(),
                "HardwarePlatform", phone.profile().hardwarePlatform(),
                "ProductType", phone.profile().productType(),
                "ProductVersion", phone.conditions().release().version(),
                "BatteryCurrentCapacity", phone.life().gauge().percent(),
                "BatteryIsCharging", phone.life().gauge().charging());
        NSDictionary wanted = dict("Status", "Success");
        for (String key : Plists.texts(request, "MobileGestaltKeys")) {
            Optional<NSObject> value = Plists.value(all, key);
            value.ifPresent(known -> wanted.put(key, known));
        }
        return wanted;
    }
}
