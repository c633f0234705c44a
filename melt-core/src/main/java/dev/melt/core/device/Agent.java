package dev.melt.core.device;

import dev.melt.core.telemetry.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Starts engines on a device and watches them: a shell script, or an app where there is no shell. Every call may be
 * repeated without harm, also by another process than the one that made it first.
 */
public interface Agent {
    /** Puts the agent itself onto the device if the right version is not there. */
    void install();

    /**
     * Puts a file into the device's content-addressed store, unless it is there.
     *
     * @param sha256 of the file's content, lower-case hex
     * @return the file's absolute path on the device
     */
    String store(Path file, String sha256, TransferListener listener);

    /**
     * Makes a folder of files that were stored before: each under its name, executable where it is to be. A folder that was
     * made whole is left as it is; one that was left half made is made again.
     *
     * @param sha256 that names the folder: the same hash stands for the same entries
     * @return the folder's absolute path on the device
     */
    String assemble(String sha256, List<FolderEntry> entries);

    /** Starts a job detached from this process. A job whose trial was started before is not started again. */
    void start(AgentJob job);

    /** How a trial stands. */
    AgentStatus status(String trialId);

    /**
     * Waits for the end of a trial, at the most for a time. Costs the device less than asking again and again does.
     *
     * @return how it stands then, still running perhaps
     */
    AgentStatus await(String trialId, Duration atMost);

    /**
     * Tells a trial's engine that its work is done, for an engine that would wait for more. It ends by itself then, and the
     * trial as if nobody had told it; one that does not listen goes on. Returns at once.
     */
    void finish(String trialId);

    /** Ends a trial's engine and sampler: asks first, then kills. Returns when both are gone. */
    void stop(String trialId);

    /**
     * Brings what a trial has left so far ({@code events.jsonl}, {@code samples.tsv}, {@code stdout}, {@code stderr},
     * {@code status}, {@code job}) into a folder. May be called while it runs; files are replaced by newer ones, and one
     * that is there in its full length is not brought again.
     *
     * @return the trial's files in that folder, those of an earlier call included
     */
    List<Path> collect(String trialId, Path folder);

    /** Removes a trial's folder from the device once its results are safe. */
    void discard(String trialId);

    /** What MELT has brought onto the device or made there, with when it was used last. */
    Stock inventory();

    /**
     * Removes a thing of the {@link #inventory}; one that is not there is gone already.
     *
     * @return whether it is gone; false when something that runs on the device uses it
     */
    boolean forget(StockItem.Kind kind, String name);

    /**
     * One reading of what a gate needs, taken now and outside any trial.
     *
     * @param span over which shares of time, such as utilisation, are taken, below a second; zero leaves them out and
     *     takes no time
     */
    Observation observe(Duration span);

    /** Relates the device's boot clock to this host's. */
    ClockOffset clockOffset();
}
