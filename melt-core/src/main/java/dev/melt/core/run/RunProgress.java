package dev.melt.core.run;

import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.trial.TrialRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What happens in a run, as it happens. One closed family: a terminal shows it, {@code --events} writes it. */
public sealed interface RunProgress {
    /** The run has an id and a plan. */
    record RunStarted(String run, int trials, List<String> cells) implements RunProgress {}

    /** Files are brought onto the device. */
    record Pushing(String file, long doneBytes, long totalBytes) implements RunProgress {}

    /**
     * Settings of a device were changed for the run.
     *
     * @param changed each with its old and its new value
     * @param failed those that did not take, each with the reason
     */
    record Prepared(String device, List<String> changed, List<String> failed) implements RunProgress {}

    /**
     * Settings of a device were put back.
     *
     * @param left those that could not be, each with the reason
     */
    record Restored(String device, int settings, List<String> left) implements RunProgress {}

    /** A device's power over USB was cut or given back. */
    record UsbPowered(String device, boolean on, String message) implements RunProgress {}

    /**
     * A trial waits for its gate.
     *
     * @param unmet every limit that does not hold, in words
     * @param left how long it waits still, at the most
     */
    record Waiting(String trial, List<String> unmet, Duration waited, Duration left) implements RunProgress {}

    /** A gate did not open in its time: the device is restarted, and the gate waited for once more. */
    record Restarting(String trial, List<String> unmet) implements RunProgress {}

    /**
     * A trial's engine was started, or found still running.
     *
     * @param number of the trial in the run, from 1
     * @param remaining estimate of the time until the run is done, where there is one
     * @param temperatureCelsius of the hottest site, where the device has one
     */
    record TrialStarted(
            String trial,
            int number,
            int of,
            String cell,
            TrialRole role,
            boolean found,
            Optional<Duration> remaining,
            OptionalDouble temperatureCelsius)
            implements RunProgress {}

    /** A trial runs on. */
    record TrialRunning(String trial, Duration elapsed) implements RunProgress {}

    /** A trial is over and stored. */
    record TrialFinished(String trial, int number, int of, Outcome outcome, String cause, List<MetricValue> figures)
            implements RunProgress {}

    /** The link to the device is gone or back. */
    record Link(String device, boolean up, String message) implements RunProgress {}

    /** The run is over. */
    record RunFinished(String run, Map<Outcome, Integer> outcomes, Duration elapsed) implements RunProgress {}

    /** Who is told. Called on the runner's thread; must return at once. */
    @FunctionalInterface
    interface Listener {
        /** Called when something has happened. */
        void happened(RunProgress progress);
    }
}
