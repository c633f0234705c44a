package dev.melt.core.engine;

import dev.melt.core.device.Device;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import java.util.Optional;

/**
 * Knows one engine: makes its command lines and reads what it prints. Found with {@link java.util.ServiceLoader};
 * stateless.
 */
public interface EngineAdapter {
    /** What a person calls it after {@code --engine}. */
    String name();

    /** What it is, in one line. */
    String describe();

    /**
     * The build to use on a device.
     *
     * @param bundles that were added; an engine that brings its own build does not look at them
     *
     * @throws dev.melt.core.problem.InvalidInputException when there is none for it
     */
    Bundle bundle(Device device, Bundles bundles);

    /**
     * Why this engine cannot do the job on this device; asked before anything is touched there, with complete settings. Of
     * the model's file only the header is sure to be there: nothing may be read behind it.
     */
    Optional<Problem> refuse(EngineJob job, Device device);

    /** The settings that the engine will be given for a job: what was asked for, completed by this engine's defaults. */
    Settings complete(EngineJob job, Device device);

    /** The process to start. */
    Invocation invocation(EngineJob job, Device device, Placement placement);

    /**
     * Reads what a process left. Output that tells of a failure is known output: it gives a log with errors and without
     * figures.
     *
     * @throws UnknownOutputException for output that this adapter does not know or that is cut off: what was expected and
     *     what was found, by name and version
     */
    EventLog read(EngineOutput output) throws UnknownOutputException;
}
