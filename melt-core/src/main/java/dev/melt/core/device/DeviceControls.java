package dev.melt.core.device;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be changed on a device around a run. Changes nothing of its own accord and remembers nothing: whoever changes writes
 * down first what was there. Used by one thread at a time; a broken link is a {@link DeviceException}.
 */
public interface DeviceControls {
    /** The exit code of {@link #set} for a value that takes a restart of the device, which was not begun. */
    int NEEDS_RESTART = 75;

    /** Of a device on which nothing is changed. */
    DeviceControls NONE = new DeviceControls() {
        @Override
        public List<Control> all() {
            return List.of();
        }

        @Override
        public Map<String, Optional<String>> read(Collection<String> names) {
            return Map.of();
        }

        @Override
        public ExecResult set(String name, Optional<String> value) {
            throw new IllegalArgumentException("no such control: " + name);
        }
    };

    /** Every setting that is known of this kind of device, in the order in which to change them. */
    List<Control> all();

    /**
     * The values that settings have now.
     *
     * @return by name; an empty value is one that is not set. A setting that cannot be read is not among them
     */
    Map<String, Optional<String>> read(Collection<String> names);

    /**
     * Gives a setting another value. Whether it took shows when it is read again.
     *
     * @param value empty: as if it had never been set
     * @throws IllegalArgumentException for a name that is not among {@link #all}
     */
    ExecResult set(String name, Optional<String> value);

    /**
     * The same for a value that takes a restart of the device; returns when it can be used again.
     *
     * @param atMost how long that may take
     */
    default ExecResult setByRestart(String name, Optional<String> value, Duration atMost) {
        return set(name, value);
    }

    /** Whether {@link #restart} can be asked for. */
    default boolean canRestart() {
        return false;
    }

    /**
     * Restarts the device and returns when it can be used again.
     *
     * @param atMost how long that may take
     */
    default void restart(Duration atMost) {
        throw new IllegalStateException("this device is not restarted by MELT");
    }
}
