package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.ClockOffset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a client needs to talk to a server that was started.
 *
 * @param addresses where it may be reached, one for each port of the invocation, in their order
 * @param folder on this host, of the attempt; what is written there is kept and hashed as an artefact
 * @param clock how the device's boot clock stands to {@code System.nanoTime()}
 * @param startNanos of the server's process, on the device's boot clock
 * @param deadline how long the client may take
 */
public record ServerSession(List<URI> addresses, Path folder, ClockOffset clock, long startNanos, Duration deadline) {
    public ServerSession {
        addresses = List.copyOf(addresses);
        requireNonNull(folder, "folder");
        requireNonNull(clock, "clock");
        requireNonNull(deadline, "deadline");
    }

    /** A stamp of {@code System.nanoTime()} on the device's boot clock, within the clock's bound. */
    public long deviceNanos(long hostNanos) {
        return hostNanos + clock.offsetNanos();
    }
}
