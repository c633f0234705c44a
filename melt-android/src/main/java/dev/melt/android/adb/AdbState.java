package dev.melt.android.adb;

import java.util.Arrays;

/** What the adb server says of a device, and what a person can do about it. */
enum AdbState {
    READY("device", ""),
    UNAUTHORIZED(
            "unauthorized",
            "unlock it and accept this computer in the dialog; no dialog: revoke USB debugging"
                    + " authorisations in its developer options and plug it in again"),
    AUTHORIZING("authorizing", "unlock it and accept this computer in the dialog"),
    OFFLINE(
            "offline",
            "plug it in again or switch USB debugging off and on; over a network: adb disconnect and adb connect"),
    CONNECTING("connecting", "wait a few seconds"),
    NO_PERMISSIONS(
            "no permissions",
            "this user may not open the USB device: install Debian's android-sdk-platform-tools-common"
                    + " (udev rules), join the group plugdev, log in again and plug the device in again"),
    RECOVERY("recovery", "it is in its recovery system: choose 'Reboot system now' there"),
    RESCUE("rescue", "it is in rescue mode: choose 'Reboot system now' there"),
    SIDELOAD("sideload", "it waits for an update over adb: leave that menu and choose 'Reboot system now'"),
    BOOTLOADER("bootloader", "it is in its bootloader: fastboot reboot"),
    HOST("host", "another adb host sits at the other end of the cable: plug in a device"),
    DETACHED("detached", "adb let go of it: adb attach SERIAL"),
    UNKNOWN("unknown", "plug it in again; if that does not help, restart it");

    private final String word;
    private final String remedy;

    AdbState(String word, String remedy) {
        this.word = word;
        this.remedy = remedy;
    }

    String word() {
        return word;
    }

    /** What to do; empty when nothing has to be done. */
    String remedy() {
        return remedy;
    }

    static AdbState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
