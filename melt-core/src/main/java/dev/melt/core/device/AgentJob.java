package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.TelemetryPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the agent is asked to run.
 *
 * @param trialId names the trial's folder on the device; {@code [A-Za-z0-9_-]+}
 * @param command the engine's argument array; relative paths are seen from the trial's folder
 * @param environment variables that are set on top of the device's own
 * @param inputs files that are put into the trial's folder first: plain name to content
 * @param telemetry what is sampled beside it
 * @param period between two ticks of the sampler
 * @param idle how long the sampler runs before the engine is started and after it has ended
 * @param deadline after which the agent itself ends the engine, whether or not the host is still there
 */
public record AgentJob(
        String trialId,
        List<String> command,
        Map<String, String> environment,
        Map<String, String> inputs,
        TelemetryPlan telemetry,
        Duration period,
        Duration idle,
        Duration deadline) {
    public AgentJob {
        if (!trialId.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("trial id must be letters, digits, _ and -, was " + trialId);
        }
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a job needs a command");
        }
        environment = Map.copyOf(environment);
        inputs = Map.copyOf(inputs);
        for (String name : inputs.keySet()) {
            if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")) {
                throw new IllegalArgumentException("an input must have a plain file name, was " + name);
            }
        }
        requireNonNull(telemetry, "telemetry");
        requireNonNull(period, "period");
        requireNonNull(idle, "idle");
        requireNonNull(deadline, "deadline");
    }
}
