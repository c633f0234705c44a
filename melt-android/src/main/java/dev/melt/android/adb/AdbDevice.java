package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A device as the adb server lists it.
 *
 * @param serial may hold blanks and parentheses where it comes from mDNS
 * @param tail what else is said, by key: {@code product}, {@code model}, {@code device}, {@code transport_id}, {@code usb}
 */
record AdbDevice(String serial, AdbState state, SortedMap<String, String> tail) {
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+:[0-9]{1,5}");

    AdbDevice {
        requireNonNull(serial, "serial");
        requireNonNull(state, "state");
        tail = new TreeMap<>(tail);
    }

    /** What {@code host:devices-l} answers; lines that are none of a device are left out. */
    static List<AdbDevice> parse(String text) {
        return text.lines()
                .flatMap(line -> dev.melt.android.parse.AdbDevice.of(line).stream())
                .map(said -> new AdbDevice(said.serial(), AdbState.of(said.state()), new TreeMap<>(said.details())))
                .toList();
    }

    boolean isReady() {
        return state == AdbState.READY;
    }

    Optional<String> word(String key) {
        return Optional.ofNullable(tail.get(key));
    }

    /** Whether a serial is an address, so that {@code adb connect} brings it back. */
    static boolean isAddress(String serial) {
        return NETWORK.matcher(serial).matches() && !serial.startsWith("adb-");
    }

    /** What a device with this serial is reached over: {@code usb}, {@code network}, or {@code loopback} for one on this host. */
    static String medium(String serial) {
        if (serial.matches("emulator-[0-9]+|(127\\.0\\.0\\.1|localhost|\\[::1]):[0-9]{1,5}")) {
            return "loopback";
        }
        return isAddress(serial) || serial.matches("adb-.*\\._tcp\\.?") ? "network" : "usb";
    }
}
