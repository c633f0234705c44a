package dev.melt.core.remote;

import static dev.melt.core.agent.ShellQuoting.quote;
import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Control;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting as shell text.
 *
 * @param read prints its value on one line, {@code null} where it is not set; fails or prints nothing where it cannot be read
 * @param write sets it; of an empty value, makes it unset. Where only a restart would do, it changes nothing and exits with
 *     {@link dev.melt.core.device.DeviceControls#NEEDS_RESTART}
 * @param writeByRestart sets it and restarts the device; empty where no value needs that
 */
public record ShellControl(
        Control control,
        String read,
        Function<Optional<String>, String> write,
        Optional<Function<Optional<String>, String>> writeByRestart) {
    /** Of a setting that tells nobody what it is. */
    public static final String UNREADABLE = "false";

    public ShellControl {
        requireNonNull(control, "control");
        requireNonNull(read, "read");
        requireNonNull(write, "write");
        requireNonNull(writeByRestart, "writeByRestart");
    }

    /** One that needs no restart. */
    public ShellControl(Control control, String read, Function<Optional<String>, String> write) {
        this(control, read, write, Optional.empty());
    }

    public String name() {
        return control.name();
    }

    /**
     * One that is a file with one word.
     *
     * @param rights with which it is written; anybody may read it
     */
    public static ShellControl file(Control control, String path, Rights rights) {
        return new ShellControl(
                control,
                "cat " + quote(path),
                value -> rights.wrap("echo " + quote(value.orElse("")) + " >" + quote(path)));
    }
}
