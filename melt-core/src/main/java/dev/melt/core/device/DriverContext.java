package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a driver may know of the program around it.
 *
 * @param home where MELT keeps its state on this host
 * @param environment the environment variables of the process, as data
 * @param profiles what {@code configs/devices} says, by name; read when it is asked for
 */
public record DriverContext(
        Path home, Map<String, String> environment, Supplier<SortedMap<String, DeviceProfile>> profiles) {
    public DriverContext {
        requireNonNull(home, "home");
        environment = Map.copyOf(environment);
        requireNonNull(profiles, "profiles");
    }

    /** Without any profile. */
    public DriverContext(Path home, Map<String, String> environment) {
        this(home, environment, TreeMap::new);
    }
}
