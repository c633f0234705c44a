package dev.melt.core.device;

import dev.melt.core.telemetry.TelemetryPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one device is reached. Opened by a {@link DeviceDriverProvider}, used by one thread at a time, closed once; what
 * runs detached on the device goes on after {@link #close()}.
 *
 * <p>Every call ends by a deadline. A broken link is a {@link DeviceException}; what the device answered is a value.
 */
public interface DeviceDriver extends AutoCloseable {
    /** The device, with the facts that were found when it was opened. */
    Device device();

    /**
     * Runs a command to its end.
     *
     * @param command the argument array; where a remote shell stands between, the driver quotes it
     */
    ExecResult exec(List<String> command, Duration deadline);

    /**
     * Copies a file onto the device, complete or not at all under {@code target}; a broken copy is continued at the byte
     * where it broke when the same call is made again.
     *
     * @param target absolute path on the device; missing folders are made
     */
    void push(Path source, String target, TransferListener listener);

    /** Copies a file from the device, replacing {@code target} only when it is whole. */
    void pull(String source, Path target, TransferListener listener);

    /** Opens a way to a port of the device's loopback interface; the caller closes it. */
    PortForward forward(int devicePort);

    /** What can be sampled on this device, found out now, and what cannot and why. */
    TelemetryPlan telemetry();

    /** Who starts and watches engines there. */
    Agent agent();

    /** What can be changed there around a run. */
    default DeviceControls controls() {
        return DeviceControls.NONE;
    }

    /**
     * What the device's own services say of it now, as texts that are kept beside a run: {@code batterystats}, {@code battery}, ...
     *
     * @return by the kind that {@code melt parse} reads; empty where there are none
     */
    default Map<String, String> reports() {
        return Map.of();
    }

    @Override
    void close();
}
