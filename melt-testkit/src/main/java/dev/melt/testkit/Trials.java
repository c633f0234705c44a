package dev.melt.testkit;

import dev.melt.core.device.AgentJob;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs for tests: a shell script as the engine, resident set and load sampled every 20 ms. */
public final class Trials {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static final TelemetryPlan PLAN = new TelemetryPlan(
            List.of(
                    new Probe(
                            "engine-rss",
                            "",
                            List.of(new Probe.Column(
                                    new Channel("memory", "engine-rss", Unit.BYTE, "statm"),
                                    new Conversion.Scale(4096)))),
                    new Probe(
                            "engine-cpu",
                            "",
                            List.of(new Probe.Column(
                                    new Channel("utilisation", "engine", Unit.RATIO, "proc-stat"),
                                    new Conversion.Rate(0.01)))),
                    new Probe(
                            "number",
                            "/proc/loadavg",
                            List.of(new Probe.Column(
                                    new Channel("load", "1min", Unit.RATIO, "proc"), new Conversion.Scale(1))))),
            List.of());

    private Trials() {}

    /** A trial with a name of its own. */
    public static AgentJob script(String script) {
        return command(List.of("sh", "-c", script), Map.of(), Map.of(), Duration.ofMinutes(1));
    }

    /** The same, with a deadline. */
    public static AgentJob script(String script, Duration deadline) {
        return command(List.of("sh", "-c", script), Map.of(), Map.of(), deadline);
    }

    /** A trial with everything said. */
    public static AgentJob command(
            List<String> command, Map<String, String> environment, Map<String, String> inputs, Duration deadline) {
        String id = "t" + NEXT.incrementAndGet();
        return new AgentJob(id, command, environment, inputs, PLAN, Duration.ofMillis(20), Duration.ZERO, deadline);
    }
}
