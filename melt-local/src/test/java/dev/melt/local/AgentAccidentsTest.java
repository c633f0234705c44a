package dev.melt.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.testkit.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to an agent from outside. */
class AgentAccidentsTest {
    @TempDir
    Path workdir;

    @TempDir
    Path folder;

    @BeforeEach
    void install() {
        agent().install();
    }

    private Agent agent() {
        return new LocalDeviceDriver(workdir, Path.of("/"), List.of()).agent();
    }

    private Path trial(AgentJob job) {
        return workdir.resolve("trials").resolve(job.trialId());
    }

    private AgentStatus killSupervisor(AgentJob job) {
        agent().start(job);
        AgentStatus running = agent().await(job.trialId(), Duration.ofSeconds(1));
        ProcessHandle.of(Long.parseLong(running.details().get("supervisor")))
                .orElseThrow()
                .destroyForcibly();
        for (int i = 0; i < 100 && agent().status(job.trialId()).state() == State.RUNNING; i++) {
            Thread.onSpinWait();
        }
        return running;
    }

    /** Where nobody waits for orphans, a dead one stays as a zombie. */
    private static boolean isAlive(String pid) throws IOException {
        Path stat = Path.of("/proc", pid, "stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    @Test
    void isLostWhenItsSupervisorWasKilledAndStopEndsTheOrphan() throws IOException {
        AgentJob job = Trials.script("sleep 300");
        AgentStatus running = killSupervisor(job);
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.LOST);
        agent().stop(job.trialId());
        assertThat(isAlive(running.details().getOrDefault("pid", ""))).isFalse();
    }

    @Test
    void keepsTheSamplesOfAKilledSupervisor() {
        AgentJob job = Trials.script("sleep 300");
        killSupervisor(job);
        agent().stop(job.trialId());
        agent().collect(job.trialId(), folder);
        SamplesFile samples = SamplesFile.read(folder.resolve("samples.tsv"));
        // about a second at 50 Hz; a machine that is busy takes fewer
        assertThat(samples.quality().takenTicks()).isGreaterThan(5);
        assertThat(samples.damagedLines()).isZero();
    }

    @Test
    void knowsTheEndOfAnEngineThatOutlivedItsSupervisor() {
        AgentJob job = Trials.script("sleep 2; exit 4");
        killSupervisor(job);
        AgentStatus status = agent().status(job.trialId());
        for (int i = 0; i < 1000 && status.state() == State.LOST; i++) {
            status = agent().status(job.trialId());
        }
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(status.exitCode()).hasValue(4);
    }

    @Test
    void tellsARestartFromARunningTrial() throws IOException {
        AgentJob job = Trials.script("sleep 300");
        agent().start(job);
        Path status = trial(job).resolve("status");
        String text = Files.readString(status);
        Files.writeString(status, text.replaceAll("boot_id=.*", "boot_id=another-boot"));
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.LOST);
        assertThat(agent().status(job.trialId()).rebooted()).isTrue();
        Files.writeString(status, text);
        agent().stop(job.trialId());
    }

    @Test
    void isNotStartedAgainAfterARestart() throws IOException {
        AgentJob job = Trials.script("echo again >> runs");
        agent().start(job);
        agent().await(job.trialId(), Duration.ofSeconds(20));
        Path status = trial(job).resolve("status");
        Files.writeString(
                status,
                Files.readString(status)
                        .replaceAll("boot_id=.*", "boot_id=another-boot")
                        .replace("FINISHED", "RUNNING"));
        agent().start(job);
        assertThat(trial(job).resolve("runs")).hasContent("again\n");
    }

    @Test
    void collectsNoLinksAndNoHostileNames() throws IOException {
        AgentJob job = Trials.script("ln -s command secret; : > 'a b'; : > .hidden; mkdir sub; echo ok > kept");
        agent().start(job);
        agent().await(job.trialId(), Duration.ofSeconds(20));
        assertThat(agent().collect(job.trialId(), folder))
                .contains(folder.resolve("kept"))
                .doesNotContain(folder.resolve("secret"));
        assertThat(folder.resolve("secret")).doesNotExist();
        assertThat(folder.resolve("a b")).doesNotExist();
    }

    @Test
    void storesAgainWhatWasChangedOnTheDevice() throws IOException {
        Path file = Files.writeString(folder.resolve("model.gguf"), "abc");
        String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Path stored = Path.of(agent().store(file, sha256, (done, total) -> {}));
        Files.writeString(stored, "ab");
        agent().store(file, sha256, (done, total) -> {});
        assertThat(stored).hasContent("abc");
    }

    @Test
    void doesNotLoseAnEngineWhoseChildrenLiveOn() {
        AgentJob job = Trials.script("sleep 300 & exit 0");
        agent().start(job);
        assertThat(agent().await(job.trialId(), Duration.ofSeconds(20)).state()).isEqualTo(State.FINISHED);
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains("/" + job.trialId() + "/")))
                .isEmpty();
    }

    @Test
    void samplesWhatChangesBelowAnotherRoot() throws IOException {
        FakeMachine machine = new FakeMachine(folder)
                .file("/sys/class/powercap/intel-rapl:0/name", "package-0")
                .file("/sys/class/powercap/intel-rapl:0/max_energy_range_uj", "1000000")
                .file("/sys/class/powercap/intel-rapl:0/energy_uj", "900000");
        Agent agent = machine.driver().agent();
        agent.install();
        String counter =
                folder.resolve("sys/class/powercap/intel-rapl:0/energy_uj").toString();
        AgentJob job = new AgentJob(
                "rapl",
                List.of("sh", "-c", "sleep 0.3; echo 100000 > " + counter + "; sleep 0.3"),
                Map.of(),
                Map.of(),
                machine.driver().telemetry(),
                Duration.ofMillis(20),
                Duration.ZERO,
                Duration.ofSeconds(30));
        agent.start(job);
        agent.await("rapl", Duration.ofSeconds(20));
        agent.collect("rapl", folder.resolve("out"));
        SamplesFile samples = SamplesFile.read(folder.resolve("out/samples.tsv"));
        double[] joules = samples.named("energy/package-0").orElseThrow().values();
        assertThat(joules[joules.length - 1]).isCloseTo(0.2, within(1e-9));
        assertThat(Arrays.stream(samples.named("power/package-0").orElseThrow().values())
                        .min()
                        .orElse(-1))
                .isZero();
    }
}
