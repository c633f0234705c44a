package dev.melt.core.store;

import dev.melt.core.event.Event;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.trial.Artifact;
import dev.melt.core.trial.TrialResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where runs and all that they brought back are kept.
 *
 * <p>What a method wrote is on the disk when it returns, and all of it or nothing is there after a crash. Safe for use by
 * several threads; several processes may have the same store open, one of which writes at a time. A store that is locked,
 * full, read-only or damaged is an {@link InvalidInputException} from any method; what was stored before stays.
 */
public interface RunStore extends AutoCloseable {
    /** Writes down a run with its cells and trials, and draws its id. Trial ids are then in {@link #trials}. */
    StoredRun createRun(NewRun run);

    void markRun(String runId, RunState state);

    /**
     * A trial is about to be started. What an earlier attempt left is removed.
     *
     * @param attempt from 1
     */
    void markStarted(String trialId, int attempt);

    /** When the engine ran, on the device's boot clock. */
    void noteBootSpan(String trialId, long startNanos, long endNanos);

    /**
     * Keeps a trial's result in one transaction, in the place of the one that was there: after the second call with the
     * same result the store is as after the first. The wall time of the end is that of the first.
     *
     * @throws IllegalArgumentException for a trial that was not planned, or a result that holds a turn or channel twice
     */
    void saveResult(TrialResult result);

    void saveSnapshot(DeviceSnapshot snapshot);

    SettingsJournal settings();

    /** All runs, newest first. */
    List<StoredRun> runs();

    /**
     * The run with this id, with an id that begins so, or whose four last characters are these.
     *
     * @throws InvalidInputException when there is none, or more than one
     */
    StoredRun run(String idOrPrefix);

    /** The cells of a run, in the order of the plan. */
    List<StoredCell> cells(String runId);

    /** The trials of a run, in the order in which they run. */
    List<StoredTrial> trials(String runId);

    /**
     * One trial.
     *
     * @throws IllegalArgumentException when there is no such trial
     */
    StoredTrial trial(String trialId);

    /** What {@code melt resume} has to do, in order: trials without a result, those that a person interrupted or whose device went away. */
    List<StoredTrial> unfinishedTrials(String runId);

    /** The turns of a run, by position of the trial and number of the turn. */
    List<StoredTurn> turns(String runId);

    /** The figures of a run's trials as a whole, by position of the trial, in the order in which they were saved. */
    List<StoredMetric> figures(String runId);

    /** Gives all figures of a run in that order, those of single turns too: a long run has millions. */
    void metricValues(String runId, Consumer<StoredMetric> each);

    /** The warnings of a run, by position of the trial. */
    List<StoredWarning> warnings(String runId);

    List<DeviceSnapshot> snapshots(String runId);

    List<Artifact> artifacts(String trialId);

    /** The events of a trial: first its turns, then the others in the order in which they were saved. */
    List<Event> events(String trialId);

    /** The channels of a trial, in the order in which they were saved. */
    List<StoredChannel> channels(String trialId);

    /** The samples of a channel; empty when the trial has no such channel. */
    Optional<Series> series(String trialId, Channel channel);

    /** Every event of a run but the turns, trial after trial, at constant memory. */
    void eachEvent(String runId, EventSink sink);

    /** Every sample of a run, trial after trial and channel after channel, at constant memory. */
    void eachSample(String runId, SampleSink sink);

    /**
     * Reads the whole store to find damage.
     *
     * @throws InvalidInputException saying what is damaged
     */
    void verify();

    @Override
    void close();
}
