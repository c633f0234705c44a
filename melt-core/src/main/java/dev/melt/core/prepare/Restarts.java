package dev.melt.core.prepare;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.ExecResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a device may be restarted for a setting that takes that. Nobody's device is restarted unless he said so.
 *
 * @param told is told what it is restarted for, before
 */
public record Restarts(boolean allowed, Consumer<String> told) {
    /** Never. */
    public static final Restarts NONE = new Restarts(false, reason -> {});

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String CONSENT = "; --allow-restart lets MELT restart it";

    public Restarts {
        requireNonNull(told, "told");
    }

    /** Gives a setting its value, by a restart where only that would do. */
    ExecResult set(DeviceControls controls, String name, Optional<String> value) {
        ExecResult answer = controls.set(name, value);
        if (answer.exitCode() != DeviceControls.NEEDS_RESTART) {
            return answer;
        }
        if (!allowed) {
            return new ExecResult(
                    answer.exitCode(), answer.stdout(), answer.stderr().strip() + CONSENT, answer.elapsed());
        }
        told.accept(name + "=" + value.orElse("unset"));
        return controls.setByRestart(name, value, LONGEST);
    }
}
