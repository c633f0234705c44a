package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * A way from this host to a port of a device's loopback interface; open until closed. Whether anybody listens there is not
 * known.
 *
 * @param address where this host reaches it: {@code http://127.0.0.1:41234}
 * @param closing takes the way down; may be called more than once
 */
public record PortForward(int devicePort, URI address, Runnable closing) implements AutoCloseable {
    public PortForward {
        requireNonNull(address, "address");
        requireNonNull(closing, "closing");
    }

    /** Of a device that is this host. */
    public static PortForward direct(int devicePort) {
        return new PortForward(devicePort, URI.create("http://127.0.0.1:" + devicePort), () -> {});
    }

    @Override
    public void close() {
        closing.run();
    }
}
