package dev.melt.core.remote;

import dev.melt.core.device.ExecResult;
import java.time.Duration;

/** Runs text in a device's shell to its end. */
@FunctionalInterface
public interface Commands {
    ExecResult run(String script, Duration deadline);
}
