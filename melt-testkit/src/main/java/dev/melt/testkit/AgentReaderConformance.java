package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How every agent that runs shell commands reads what it samples; a part of {@link AgentConformance}. */
public interface AgentReaderConformance {
    /** The agent, installed; every call may give another object for the same work folder. */
    Agent agent();

    private static Probe probe(String reader, String path, String unit, Conversion conversion, String... sites) {
        List<Probe.Column> columns = new ArrayList<>();
        for (String site : sites) {
            columns.add(new Probe.Column(new Channel("test", site, Unit.ofSymbol(unit), "test"), conversion));
        }
        return new Probe(reader, path, columns);
    }

    private SamplesFile sampled(Path folder, AgentJob like, Probe probe) {
        AgentJob job = new AgentJob(
                like.trialId(),
                like.command(),
                like.environment(),
                like.inputs(),
                new TelemetryPlan(List.of(probe), List.of()),
                like.period(),
                like.idle(),
                like.deadline());
        agent().start(job);
        agent().await(job.trialId(), AgentConformance.PATIENCE);
        agent().collect(job.trialId(), folder);
        return SamplesFile.read(folder.resolve("samples.tsv"));
    }

    @Test
    default void findsALineByAKeyBeforeABracket(@TempDir Path folder) {
        AgentJob job = Trials.command(
                List.of("sleep", "0.3"),
                Map.of(),
                Map.of(
                        "meter",
                        "t=8000\nCH0(T=8000)[S10M_VDD_TPU], 3000000000\nCH1[VSYS], 5\nActive:  1 kB\nActive(anon): 7 kB\n"),
                Duration.ofMinutes(1));
        SamplesFile rails =
                sampled(folder, job, probe("keys:CH0,CH1", "meter", "J", new Conversion.RailEnergy(1), "a", "b"));
        assertThat(rails.damagedCells()).isZero();
        assertThat(rails.named("test/a").orElseThrow().values()).containsExactly(0);
        assertThat(rails.named("test/b").orElseThrow().size()).isGreaterThan(1);
    }

    @Test
    default void tellsAKeyWithABracketFromTheOneWithout(@TempDir Path folder) {
        AgentJob job = Trials.command(
                List.of("sleep", "0.3"),
                Map.of(),
                Map.of("lines", "Active:  1 kB\nActive(anon): 7 kB\n"),
                Duration.ofMinutes(1));
        SamplesFile samples = sampled(
                folder, job, probe("keys:Active,Active(anon)", "lines", "B", new Conversion.Scale(1), "all", "anon"));
        assertThat(samples.named("test/all").orElseThrow().values()).containsOnly(1);
        assertThat(samples.named("test/anon").orElseThrow().values()).containsOnly(7);
    }

    @Test
    default void samplesTheProportionalSetOfTheEnginesTree(@TempDir Path folder) {
        AgentJob job = Trials.script("x=$(head -c 20000000 /dev/zero | tr '\\0' x); sleep 2.5; : $x");
        double[] kilobytes = sampled(
                        folder, job, probe("smaps:pss,swap_pss", "", "B", new Conversion.Scale(1), "pss", "swap"))
                .named("test/pss")
                .orElseThrow()
                .values();
        assertThat(Arrays.stream(kilobytes).max().orElse(0)).isBetween(19_000.0, 1_000_000.0);
    }
}
