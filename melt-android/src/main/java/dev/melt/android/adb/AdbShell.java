package dev.melt.android.adb;

import dev.melt.core.device.ExecResult;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Runs shell text on a device to its end. The ones of the two protocols differ in how streams and exit code come back. */
interface AdbShell {
    /** The environment variable by which every process of a command can be found, its orphans included. */
    String TAG = "MELT_EXEC";

    /**
     * Runs a command with nothing on its input.
     *
     * @param script what a shell takes, quoted already
     */
    ExecResult run(String script, Duration deadline);

    /** Where input can be given and be told to end; empty where the device has no such shell. */
    Optional<FeedingShell> feeding();

    /** The one that a device can do. */
    static AdbShell of(AdbLink link) {
        return link.has("shell_v2") ? new ShellV2(link) : new LegacyShell(link);
    }

    /** A word that nothing else contains. */
    static String nonce() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Ends every process that carries a tag; those that read its environment are not among them. */
    static String ending(String tag) {
        return "for F in $(grep -l " + TAG + "=" + tag + " /proc/[0-9]*/environ 2>/dev/null); do "
                + "F=${F#/proc/}; kill -9 ${F%/environ}; done 2>/dev/null";
    }
}
