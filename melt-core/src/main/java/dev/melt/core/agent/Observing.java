package dev.melt.core.agent;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.SamplesHeader;
import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.UnreadableSamplesException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads every channel of a device outside a trial: of one sample or two, the last value of each. */
record Observing(ShellAgent agent) {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** What needs an engine has nothing to tell then, and is left out. */
    Observation observe(TelemetryPlan all, Duration span) {
        TelemetryPlan plan = all.undisturbed();
        String job = agent.pushOnce(JobFiles.observation(plan), "observe.job");
        String rows = agent.ask(ANSWER, "observe", job, Long.toString(span.toMillis()));
        SamplesFile samples = parse(SamplesHeader.text(plan, 1) + rows);
        Map<Channel, Double> values = new HashMap<>();
        long at = 0;
        for (Series series : samples.series()) {
            if (series.size() > 0) {
                int last = series.size() - 1;
                values.put(series.channel(), series.values()[last]);
                at = Math.max(at, series.atNanos()[last]);
            }
        }
        return new Observation(at, values);
    }

    private static SamplesFile parse(String text) {
        try {
            return SamplesFile.read(new StringReader(text));
        } catch (UnreadableSamplesException e) {
            throw new ProtocolViolation("agent observe: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
