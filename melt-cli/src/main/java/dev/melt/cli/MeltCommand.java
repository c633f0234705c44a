package dev.melt.cli;

import java.io.IOException;

/**
 * One command. A new object is made for each use and picocli fills its annotated fields before it runs.
 *
 * <p>What a person gave wrongly leaves as {@link dev.melt.core.problem.InvalidInputException}, a broken link as {@link
 * dev.melt.core.device.DeviceException}; {@link Cli} turns both into a line and an exit code.
 */
public interface MeltCommand {
    ExitCode run(Session session) throws IOException, InterruptedException;
}
