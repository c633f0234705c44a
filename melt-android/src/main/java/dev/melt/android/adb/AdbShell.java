package dev.melt.android.adb;

import dev.melt.core.device.DeviceException;
import dev.melt.core.remote.RemoteShell;
import java.io.IOException;
import java.util.Optional;

/** The shell of a device. The ones of the two protocols differ in how streams and exit code come back. */
interface AdbShell extends RemoteShell {
    AdbLink link();

    /** Where input can be given and be told to end; empty where the device has no such shell. */
    Optional<FeedingShell> feeding();

    /** The one that a device can do. */
    static AdbShell of(AdbLink link) {
        return link.has("shell_v2") ? new ShellV2(link) : new LegacyShell(link);
    }

    @Override
    default String label() {
        return link().serial() + "/adb";
    }

    @Override
    default String device() {
        return link().serial();
    }

    @Override
    default DeviceException during(String what, IOException cause) {
        return AdbFailure.during(link().serial(), what, cause);
    }
}
