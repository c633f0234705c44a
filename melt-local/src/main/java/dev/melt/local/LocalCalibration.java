package dev.melt.local;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Measures the sampler: runs it for a while beside an engine that does nothing. Takes as long as it is told, and a second. */
public final class LocalCalibration {
    private final DeviceDriver driver;

    public LocalCalibration(DeviceDriver driver) {
        this.driver = driver;
    }

    /**
     * Measures.
     *
     * @param channels columns to read at each tick; what the machine does not have is made up with its load average
     * @param folder for the samples; they stay there
     */
    public SamplerCalibration measure(int channels, Duration period, Duration length, Path folder) {
        Agent agent = driver.agent();
        agent.install();
        String id = "calibration-" + System.currentTimeMillis();
        agent.start(new AgentJob(
                id,
                List.of("sleep", Long.toString(Math.max(1, length.toSeconds()))),
                Map.of(),
                Map.of(),
                plan(channels),
                period,
                Duration.ZERO,
                length.plusMinutes(1)));
        AgentStatus status = agent.await(id, length.plusSeconds(30));
        if (status.state() != AgentStatus.State.FINISHED) {
            agent.stop(id);
            throw new ProtocolViolation("calibration: the sampler ended as " + status.state(), null);
        }
        agent.collect(id, folder);
        agent.discard(id);
        return result(status, SamplesFile.read(folder.resolve("samples.tsv")), channels, period);
    }

    private static SamplerCalibration result(AgentStatus status, SamplesFile samples, int channels, Duration period) {
        Duration length =
                Duration.ofNanos(required(status.endNanos(), "end_ns") - required(status.startNanos(), "start_ns"));
        return new SamplerCalibration(
                channels,
                period,
                length,
                detail(status, "sampler_cpu_ms") / (double) length.toMillis(),
                nanos(samples.quality().errorP50Nanos()),
                nanos(samples.quality().errorP99Nanos()),
                nanos(samples.quality().errorMaxNanos()),
                required(status.ticks(), "ticks"),
                required(status.missedTicks(), "missed_ticks"),
                detail(status, "sampler_rss_kb") * 1024,
                Duration.ofNanos(detail(status, "clock_bound_ns")),
                status.details().getOrDefault("shell", "unknown"));
    }

    private TelemetryPlan plan(int channels) {
        List<Probe> probes = new ArrayList<>();
        int columns = 0;
        for (Probe probe : driver.telemetry().probes()) {
            if (columns + probe.columns().size() <= channels) {
                probes.add(probe);
                columns += probe.columns().size();
            }
        }
        for (int i = 1; columns < channels; i++, columns++) {
            Channel filler = new Channel("load", "filler-" + i, Unit.RATIO, "proc");
            probes.add(
                    new Probe("number", "/proc/loadavg", List.of(new Probe.Column(filler, new Conversion.Scale(1)))));
        }
        return new TelemetryPlan(probes, List.of());
    }

    private static Duration nanos(OptionalLong nanos) {
        return Duration.ofNanos(required(nanos, "ticks"));
    }

    private static long detail(AgentStatus status, String key) {
        String value = status.details().getOrDefault(key, "");
        return required(
                value.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty(), key);
    }

    private static long required(OptionalLong value, String what) {
        return value.orElseThrow(() -> new ProtocolViolation("calibration: the agent did not say " + what, null));
    }
}
