package dev.melt.ios.device;

import dev.melt.core.device.Check;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DriverContext;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.ios.engine.AppEngine;
import dev.melt.ios.mux.Usbmux;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Offers what this host's usbmuxd shows: iPhones and iPads by UDID, and by the names in {@code configs/devices}.
 */
public final class UsbmuxDriverProvider implements DeviceDriverProvider {
    @Override
    public String name() {
        return Phones.NAME;
    }

    @Override
    public String describe() {
        return "iPhones and iPads over USB or Wi-Fi, through usbmuxd and the programs of libimobiledevice";
    }

    /** Each with the first thing that stands in the way of a run. A phone that is not paired may ask its owner about it. */
    @Override
    public List<Device> discover(DriverContext context) {
        Phones phones = new Phones(context);
        List<Phone> seen = phones.examined(phones.attached().orElse(List.of()));
        return seen.stream()
                .map(phone -> phone.device(phones.nameOf(phone, seen)))
                .toList();
    }

    @Override
    public boolean claims(String name, DriverContext context) {
        return Phones.isUdid(name);
    }

    @Override
    public List<Check> examine(DriverContext context) {
        Phones phones = new Phones(context);
        List<Check> checks = new ArrayList<>(Programs.checks(phones.tool()));
        Optional<List<Usbmux.Attached>> attached = phones.attached();
        if (attached.isEmpty()) {
            checks.add(Hindrances.noUsbmuxd(phones.usbmux().address().text()));
            return checks;
        }
        checks.add(
                Check.good("usbmuxd", "answers at " + phones.usbmux().address().text()));
        List<Phone> seen = phones.examined(attached.get());
        if (seen.isEmpty()) {
            checks.add(
                    Check.blocking("phones", "no iPhone or iPad is attached", "plug one in, unlock it and tap Trust"));
        }
        for (Phone phone : seen) {
            String name = phones.nameOf(phone, seen);
            phone.hindrances()
                    .checks()
                    .forEach(check -> checks.add(
                            new Check(check.state(), name + " " + check.subject(), check.found(), check.remedy())));
        }
        return checks;
    }

    @Override
    public String usualEngine() {
        return AppEngine.NAME;
    }

    @Override
    public DeviceDriver open(String name, DriverContext context) {
        Phones phones = new Phones(context);
        Usbmux.Attached attached = phones.named(name);
        Phone phone = phones.examine(attached);
        phone.hindrances().blocking().ifPresent(hindrance -> {
            throw new InvalidInputException(
                    "[" + name + "/" + Phones.NAME + "] " + hindrance.subject(),
                    "a phone that is ready for a run needed",
                    hindrance.found(),
                    hindrance.remedy().orElse("see 'melt doctor ios'"));
        });
        return UsbmuxDeviceDriver.open(name, phone, phones, context);
    }
}
