package dev.melt.android.adb;

import dev.melt.core.remote.LinkWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What MELT needs of an adb library for one device: streams, features, and the file service. Keeps no connection between calls, so
 * that it outlives the adb server and the cable. Safe for use by several threads.
 */
interface AdbLink {
    String serial();

    /**
     * Opens a service, such as {@code shell,v2,raw:ls}.
     *
     * @throws dev.melt.core.device.DeviceException when the device is not there or does not offer it
     */
    AdbWire open(String service);

    /** The same for a stream over which much is written. */
    AdbWire openForBulk(String service);

    /** Whether server and device both have a feature, such as {@code shell_v2}. */
    boolean has(String feature);

    /** Whether the device answers now, within two seconds. Starts no process there. */
    boolean answers();

    /** Watches over a call: see {@link LinkWatch}. */
    default LinkWatch watch(Runnable breaker, Optional<Duration> deadline) {
        return new LinkWatch(serial() + "/adb", this::answers, breaker, deadline);
    }

    /**
     * Writes a file on the device with its sync service, replacing what is there; missing folders are made.
     *
     * @param done is told the bytes sent so far
     */
    void send(InputStream content, String target, LongConsumer done) throws IOException;

    /** Reads a file of the device with its sync service. */
    void receive(String source, OutputStream into, LongConsumer done) throws IOException;
}
