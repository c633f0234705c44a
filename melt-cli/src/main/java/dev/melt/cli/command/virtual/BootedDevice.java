package dev.melt.cli.command.virtual;

import java.io.IOException;
import java.util.List;

/** A simulated device that MELT and other programs can reach from when it is made until {@link #end}. */
interface BootedDevice {
    /** Where it is and how it is used and changed, in lines for a person. */
    List<String> introduction();

    /** Ends it and everything that runs on it. */
    void end() throws IOException, InterruptedException;
}
