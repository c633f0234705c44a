package dev.melt.cli.command.virtual;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;

/** A simulated device that somebody asked for. */
interface DeviceWish {
    /** As it is called, apart from every other one that was asked for with it: {@code pixel8}, {@code pixel8-2}. */
    String name();

    /**
     * Boots it.
     *
     * @throws InvalidInputException when this machine cannot run it, or a program is missing that reaches it
     */
    BootedDevice boot(Desk desk) throws IOException, InterruptedException;
}
