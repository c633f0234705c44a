package dev.melt.core.remote;

import static java.util.Objects.requireNonNull;

/**
 * How a device is restarted.
 *
 * @param command shell text that does so
 * @param up prints {@code 1} once the system can be used
 */
public record Restarting(String command, String up) {
    public Restarting {
        requireNonNull(command, "command");
        requireNonNull(up, "up");
    }
}
