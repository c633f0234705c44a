package dev.melt.ios.device;

import dev.melt.core.device.Check;
import dev.melt.ios.tool.IdeviceTool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this host that MELT calls for phones. */
enum Programs {
    IDEVICEINFO("ideviceinfo", "libimobiledevice-utils", "asks a phone who it is", true),
    IDEVICEDIAGNOSTICS("idevicediagnostics", "libimobiledevice-utils", "reads the battery", false),
    IDEVICEINSTALLER("ideviceinstaller", "ideviceinstaller", "lists and installs apps", true),
    IDEVICEIMAGEMOUNTER(
            "ideviceimagemounter", "libimobiledevice-utils", "mounts developer images, up to iOS 16", false),
    IDEVICEPROVISION("ideviceprovision", "libimobiledevice-utils", "tells when signatures expire", false),
    IDEVICESYSLOG("idevicesyslog", "libimobiledevice-utils", "tells why an app ended", false),
    IDEVICEPAIR("idevicepair", "libimobiledevice-utils", "pairs phones with this host", false);

    private final String program;
    private final String debianPackage;
    private final String purpose;
    private final boolean essential;

    Programs(String program, String debianPackage, String purpose, boolean essential) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.purpose = purpose;
        this.essential = essential;
    }

    static List<Check> checks(IdeviceTool tool) {
        return Stream.of(values()).map(one -> one.check(tool)).toList();
    }

    private Check check(IdeviceTool tool) {
        String subject = "tool " + program;
        if (tool.find(program).isPresent()) {
            return Check.good(subject, purpose);
        }
        return new Check(
                essential ? Check.State.BLOCKING : Check.State.LIMITED,
                subject,
                "not found; " + purpose,
                Optional.of("apt-get install " + debianPackage));
    }
}
