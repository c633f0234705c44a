package dev.melt.core.metric;

import dev.melt.core.outcome.Warning;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for what forbids quoting a trial's figures, and says it with the readings that show it. A pure function beside
 * {@link MetricComputation}; safe for any thread.
 */
public final class ValidityChecks {
    private ValidityChecks() {}

    /**
     * What was found, with the limits that were applied.
     *
     * @param figures of the same trial, from {@link MetricComputation#compute}
     */
    public static List<Warning> check(TrialEvidence evidence, List<MetricValue> figures) {
        TrialTimes times = TrialTimes.of(evidence.events());
        return Stream.of(
                        ThrottleCheck.check(evidence, times),
                        TelemetryCheck.gaps(evidence, times),
                        TelemetryCheck.charging(evidence, times),
                        TelemetryCheck.samples(evidence, times),
                        WindowCheck.check(evidence, times),
                        ForeignLoadCheck.check(evidence, times),
                        EngineCheck.check(evidence, times, figures),
                        PowerCheck.check(evidence))
                .flatMap(List::stream)
                .toList();
    }
}
