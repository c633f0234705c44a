package dev.melt.cli.doctor;

import java.util.Optional;

/** Programs of the host that MELT or its users call, and the Debian package that brings each. */
enum HostTool {
    SH("sh", "dash", Optional.empty(), "runs the agent", true),
    SETSID("setsid", "util-linux", Optional.empty(), "lets an engine run on without MELT", false),
    SQLITE3("sqlite3", "sqlite3", Optional.empty(), "looks into the store by hand", false),
    ADB("adb", "adb", Optional.of("adb"), "reaches Android phones", false),
    SSH(
            "ssh",
            "openssh-client",
            Optional.of("ssh"),
            "reads ~/.ssh/config for MELT, and brings ssh-keygen and ssh-keyscan for boards over SSH",
            false),
    IDEVICEINFO("ideviceinfo", "libimobiledevice-utils", Optional.of("usbmux"), "asks iPhones who they are", false),
    IDEVICEINSTALLER("ideviceinstaller", "ideviceinstaller", Optional.of("usbmux"), "lists the apps of iPhones", false);

    private final String command;
    private final String debianPackage;
    private final Optional<String> driver;
    private final String purpose;
    private final boolean essential;

    HostTool(String command, String debianPackage, Optional<String> driver, String purpose, boolean essential) {
        this.command = command;
        this.debianPackage = debianPackage;
        this.driver = driver;
        this.purpose = purpose;
        this.essential = essential;
    }

    String command() {
        return command;
    }

    String debianPackage() {
        return debianPackage;
    }

    /** The driver that it serves, by {@code DeviceDriverProvider.name()}. */
    Optional<String> driver() {
        return driver;
    }

    String purpose() {
        return purpose;
    }

    /** Whether the main job needs it. */
    boolean essential() {
        return essential;
    }
}
