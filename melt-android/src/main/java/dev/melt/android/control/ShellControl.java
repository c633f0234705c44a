package dev.melt.android.control;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Control;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting as shell text.
 *
 * @param read prints its value on one line, {@code null} where it is not set; fails or prints nothing where it cannot be read
 * @param write sets it; of an empty value, makes it unset
 */
record ShellControl(Control control, String read, Function<Optional<String>, String> write) {
    /** Of a setting that tells nobody what it is. */
    static final String UNREADABLE = "false";

    ShellControl {
        requireNonNull(control, "control");
        requireNonNull(read, "read");
        requireNonNull(write, "write");
    }

    String name() {
        return control.name();
    }
}
