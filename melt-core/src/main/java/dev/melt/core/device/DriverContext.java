package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a driver may know of the program around it.
 *
 * @param home where MELT keeps its state on this host
 * @param environment the environment variables of the process, as data
 */
public record DriverContext(Path home, Map<String, String> environment) {
    public DriverContext {
        requireNonNull(home, "home");
        environment = Map.copyOf(environment);
    }
}
