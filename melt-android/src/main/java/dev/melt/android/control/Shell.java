package dev.melt.android.control;

import dev.melt.core.device.ExecResult;
import java.time.Duration;

/** Runs text in a device's shell to its end. */
@FunctionalInterface
public interface Shell {
    ExecResult run(String script, Duration deadline);
}
