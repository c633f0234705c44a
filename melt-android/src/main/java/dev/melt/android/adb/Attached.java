package dev.melt.android.adb;

import dev.melt.core.device.DeviceProfile;
import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The devices that an adb server shows at one moment, and which of them a name means.
 *
 * @param who asks them where a profile names what the server does not know
 * @param profiles from {@code configs/devices}, by name
 */
record Attached(List<AdbDevice> devices, RollCall who, SortedMap<String, DeviceProfile> profiles) {
    /** Whether a name is a serial in the list, or an address to which adb could connect. */
    boolean knowsSerial(String name) {
        return AdbDevice.isAddress(name)
                || devices.stream().anyMatch(device -> device.serial().equals(name));
    }

    /**
     * The device that a name means.
     *
     * @throws InvalidInputException when it means none or two, or one that cannot be used as it is
     */
    AdbDevice named(String name) {
        Optional<DeviceProfile> profile = Optional.ofNullable(profiles.get(name));
        List<AdbDevice> found = devices.stream()
                .filter(device -> profile.isPresent()
                        ? isMeant(profile.get(), device)
                        : device.serial().equals(name))
                .toList();
        if (found.size() > 1) {
            throw new InvalidInputException(
                    "--device " + name,
                    "one device needed",
                    "it could be " + found.stream().map(AdbDevice::serial).collect(Collectors.joining(" or ")),
                    "unplug one, or give the serial: --device " + found.get(0).serial());
        }
        AdbDevice device = found.stream().findFirst().orElseThrow(() -> missing(name));
        if (!device.isReady()) {
            throw new InvalidInputException(
                    "[" + name + "/adb] " + device.serial(),
                    "a device that is ready needed",
                    "it is " + device.state().word(),
                    device.state().remedy());
        }
        return device;
    }

    /** The one profile that means a device and no other that is attached; empty when there is none or several. */
    Optional<String> profileOf(AdbDevice device) {
        List<String> names = profiles.entrySet().stream()
                .filter(entry -> entry.getValue().match().isPresent())
                .filter(entry -> isMeant(entry.getValue(), device))
                .filter(entry -> devices.stream()
                                .filter(other -> isMeant(entry.getValue(), other))
                                .count()
                        == 1)
                .map(Map.Entry::getKey)
                .toList();
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    private boolean isMeant(DeviceProfile profile, AdbDevice device) {
        return profile.driver().equals(AdbDriverProvider.NAME)
                && profile.match()
                        .map(match -> new ProfileMatch(match)
                                .fits(device, () -> who.of(device).flatMap(DeviceIdentity::socModel)))
                        .orElse(true);
    }

    private InvalidInputException missing(String name) {
        String list = devices.isEmpty()
                ? "no device is attached"
                : "attached: "
                        + devices.stream()
                                .map(device ->
                                        device.serial() + " (" + device.state().word()
                                                + device.word("model")
                                                        .map(model -> ", " + model)
                                                        .orElse("") + ")")
                                .collect(Collectors.joining(", "));
        return new InvalidInputException(
                "--device " + name,
                "a device that it fits needed",
                list,
                "plug it in with USB debugging on, or 'adb connect HOST:PORT'; 'melt devices' shows what is seen");
    }
}
