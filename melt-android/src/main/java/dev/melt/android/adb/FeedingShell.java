package dev.melt.android.adb;

import dev.melt.core.device.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongConsumer;

/** A shell whose input can be written and be told that it has ended. */
interface FeedingShell extends AdbShell {
    /**
     * Runs a command with something on its input.
     *
     * @param tag see {@link dev.melt.core.remote.RemoteProcess#TAG}
     * @param done is told the bytes sent so far
     * @throws IOException from {@code input} alone
     */
    ExecResult feed(String script, String tag, FeedInput input, LongConsumer done, Duration deadline)
            throws IOException;
}
