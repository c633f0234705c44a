package dev.melt.core.remote;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.ExecResult;
import java.io.IOException;
import java.time.Duration;

/** A POSIX shell on a device, reached over a link that may break. */
public interface RemoteShell {
    /** Device and kind of link, as messages name it: {@code 38271FDJH00C4H/adb}. */
    String label();

    /** What stands after {@code --device} for it. */
    String device();

    /**
     * Runs a command with nothing on its input, to its end.
     *
     * @param script what a shell takes, quoted already
     * @throws DeviceException when the link broke or the deadline passed
     */
    ExecResult run(String script, Duration deadline);

    /** What an input or output that failed in the middle of something means. */
    DeviceException during(String what, IOException cause);
}
