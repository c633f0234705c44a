package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.DeviceException;
import dev.melt.core.telemetry.SamplesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every agent must do that runs shell commands as engines. A test class implements it and says how the agent is
 * reached; each test has trials of its own.
 */
public interface AgentConformance extends AgentStoreConformance {
    /** Starts a job from a process that is killed with its whole process group as soon as the job runs. */
    void startFromAProcessThatIsKilled(AgentJob job) throws IOException, InterruptedException;

    @Test
    default void tellsTheExitCodeOfTheEngine() {
        AgentStatus status = run(Trials.script("exit 3"));
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(status.exitCode()).hasValue(3);
    }

    @Test
    default void tellsTheSignalThatEndedTheEngine() {
        assertThat(run(Trials.script("kill -9 $$")).exitCode()).hasValue(128 + 9);
    }

    @Test
    default void seesTheMemoryOfAProcessThatAScriptStartsForAShortTime() {
        AgentStatus status = run(Trials.script(
                "sleep 1.1; sh -c 'X=$(head -c 30000000 /dev/zero | tr \"\\0\" x); sleep 0.5'; sleep 0.1"));
        assertThat(status.peakRssBytes().orElseThrow()).isGreaterThan(25_000_000);
    }

    @Test
    default void relatesTheWallClockToTheBootClock() {
        long before = System.currentTimeMillis();
        AgentStatus status = run(Trials.script("exit 0"));
        long after = System.currentTimeMillis();
        long bootNanos = Long.parseLong(status.details().getOrDefault("wall_boot_ns", "0"));
        long wallMillis = Long.parseLong(status.details().getOrDefault("wall_ns", "0")) / 1_000_000;
        assertThat(wallMillis).isBetween(before - 1000, after + 1000);
        assertThat(bootNanos)
                .isBetween(
                        status.startNanos().orElseThrow() - 2_000_000_000L,
                        status.endNanos().orElseThrow() + 2_000_000_000L);
    }

    @Test
    default void saysThatACommandIsMissing(@TempDir Path folder) throws IOException {
        AgentJob job = Trials.command(List.of("no-such-engine-anywhere"), Map.of(), Map.of(), Duration.ofMinutes(1));
        assertThat(run(job).exitCode()).hasValue(127);
        agent().collect(job.trialId(), folder);
        assertThat(folder.resolve("stderr")).content().contains("no-such-engine-anywhere");
    }

    @Test
    default void runsATrialOnceHoweverOftenItIsStarted(@TempDir Path folder) throws IOException {
        AgentJob job = Trials.script("echo once; sleep 0.3");
        agent().start(job);
        agent().start(job);
        run(job);
        run(job);
        assertThat(stdout(job, folder)).isEqualTo("once\n");
    }

    @Test
    default void knowsNothingOfATrialThatWasNotStarted(@TempDir Path folder) {
        agent().stop("never");
        agent().discard("never");
        assertThat(agent().status("never").state()).isEqualTo(State.UNKNOWN);
        assertThat(agent().collect("never", folder)).isEmpty();
    }

    @Test
    default void awaitReturnsWhenItsTimeIsOver() {
        AgentJob job = Trials.script("sleep 60");
        agent().start(job);
        assertThat(agent().await(job.trialId(), Duration.ofSeconds(1)).state()).isEqualTo(State.RUNNING);
        agent().stop(job.trialId());
    }

    @Test
    default void stopEndsTheEngineWithItsChildren(@TempDir Path folder) throws IOException {
        AgentJob job = Trials.script("sleep 300 & echo $!; sleep 301");
        agent().start(job);
        agent().await(job.trialId(), Duration.ofSeconds(1));
        agent().stop(job.trialId());
        agent().stop(job.trialId());
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.STOPPED);
        String child = stdout(job, folder).strip();
        String isAlive = "case $(cat /proc/" + child + "/stat 2>&1) in *') Z '* | *No*) exit 1 ;; esac";
        assertThat(run(Trials.script(isAlive)).exitCode()).hasValue(1);
    }

    @Test
    default void anEngineThatIsToldToFinishEndsAsIfByItself(@TempDir Path folder) {
        AgentJob job = Trials.script("trap 'echo done; exit 3' TERM; : > serving; while :; do sleep 0.1; done");
        agent().start(job);
        await().until(() -> agent().collect(job.trialId(), folder).contains(folder.resolve("serving")));
        agent().finish(job.trialId());
        AgentStatus status = agent().await(job.trialId(), Duration.ofSeconds(20));
        agent().finish(job.trialId());
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(status.exitCode()).hasValue(3);
    }

    @Test
    default void stopKillsAnEngineThatDoesNotListen(@TempDir Path folder) {
        AgentJob job = Trials.script("trap '' TERM; : > deaf; while :; do sleep 0.1; done");
        agent().start(job);
        await().until(() -> agent().collect(job.trialId(), folder).contains(folder.resolve("deaf")));
        agent().stop(job.trialId());
        AgentStatus status = agent().status(job.trialId());
        assertThat(status.state()).isEqualTo(State.STOPPED);
        assertThat(status.exitCode()).hasValue(128 + 9);
    }

    @Test
    default void endsTheEngineAtItsDeadlineByItself() {
        AgentStatus status = run(Trials.script("sleep 300", Duration.ofMillis(300)));
        assertThat(status.state()).isEqualTo(State.DEADLINE);
        assertThat(status.endNanos().getAsLong() - status.startNanos().getAsLong())
                .isBetween(290_000_000L, 20_000_000_000L);
    }

    @Test
    default void goesOnWhenItsStarterIsKilled(@TempDir Path folder) throws IOException, InterruptedException {
        AgentJob job = Trials.script("sleep 1; echo survived");
        startFromAProcessThatIsKilled(job);
        assertThat(agent().await(job.trialId(), PATIENCE).state()).isEqualTo(State.FINISHED);
        assertThat(stdout(job, folder)).isEqualTo("survived\n");
    }

    @Test
    default void tellsThePeakOfTheWholeTree() {
        AgentStatus status = run(Trials.script("x=$(head -c 30000000 /dev/zero | tr '\\0' x); sleep 0.5; : $x"));
        assertThat(status.peakRssBytes().orElse(0)).isBetween(30_000_000L, 1_000_000_000L);
    }

    @Test
    default void samplesOnTheBootClock(@TempDir Path folder) throws IOException {
        AgentJob job = Trials.script("cut -d' ' -f1 /proc/uptime; sleep 0.3; cut -d' ' -f1 /proc/uptime");
        AgentStatus status = run(job);
        String[] uptimes = stdout(job, folder).split("\n", -1);
        long slack = 10_000_000 + Long.parseLong(status.details().get("clock_bound_ns"));
        long first = nanos(uptimes[0]);
        long last = nanos(uptimes[1]);
        assertThat(status.startNanos().getAsLong()).isLessThanOrEqualTo(first + slack);
        assertThat(status.endNanos().getAsLong()).isGreaterThanOrEqualTo(last - slack);
        SamplesFile samples = SamplesFile.read(folder.resolve("samples.tsv"));
        long[] times = samples.named("load/1min").orElseThrow().atNanos();
        assertThat(times[0]).isBetween(status.startNanos().getAsLong(), last);
        assertThat(times[times.length - 1]).isGreaterThanOrEqualTo(last - slack);
        assertThat(status.ticks()).hasValue(times.length);
    }

    private static long nanos(String uptime) {
        return Math.round(Double.parseDouble(uptime) * 1e9);
    }

    @Test
    default void samplesTheEnginesTree(@TempDir Path folder) {
        AgentJob job = Trials.script("sleep 0.3");
        run(job);
        agent().collect(job.trialId(), folder);
        SamplesFile samples = SamplesFile.read(folder.resolve("samples.tsv"));
        double[] bytes = samples.named("memory/engine-rss").orElseThrow().values();
        assertThat(Arrays.stream(bytes).min().orElse(0)).isPositive();
        assertThat(samples.damagedLines() + samples.damagedCells()).isZero();
    }

    @Test
    default void tellsWhatTheEngineTakesOfTheProcessors(@TempDir Path folder) {
        AgentJob job = Trials.script("i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; sleep 0.2");
        run(job);
        agent().collect(job.trialId(), folder);
        SamplesFile samples = SamplesFile.read(folder.resolve("samples.tsv"));
        double[] processors = samples.named("utilisation/engine").orElseThrow().values();
        assertThat(Arrays.stream(processors).max().orElse(0)).isPositive();
        assertThat(Arrays.stream(processors).min().orElse(-1)).isBetween(0.0, 0.5);
    }

    @Test
    default void collectsWhileItRuns(@TempDir Path folder) throws IOException {
        AgentJob job = Trials.script("echo early; sleep 60");
        agent().start(job);
        agent().await(job.trialId(), Duration.ofSeconds(1));
        assertThat(stdout(job, folder)).isEqualTo("early\n");
        assertThat(SamplesFile.read(folder.resolve("samples.tsv")).quality().takenTicks())
                .isPositive();
        agent().stop(job.trialId());
        assertThat(agent().collect(job.trialId(), folder))
                .contains(folder.resolve("status"), folder.resolve("samples.tsv"));
        assertThat(folder.resolve("status")).content().contains("state=STOPPED");
    }

    @Test
    default void discardsWhatIsOverAndNothingElse(@TempDir Path folder) {
        AgentJob job = Trials.script("sleep 60");
        agent().start(job);
        assertThatThrownBy(() -> agent().discard(job.trialId())).isInstanceOf(DeviceException.class);
        agent().stop(job.trialId());
        agent().discard(job.trialId());
        agent().discard(job.trialId());
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    default void handsArgumentsAndVariablesOverAsTheyAre(@TempDir Path folder) throws IOException {
        List<String> hostile = List.of(
                "", " ", "it's", "\"", "$(touch owned)", "`id`", "a\nb", "*", "~", "-n", "\\n", "!x", "#", "&;|<>");
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "for a; do printf '[%s]' \"$a\"; done; printf %s \"$V\"", "x"));
        command.addAll(hostile);
        AgentJob job = Trials.command(command, Map.of("V", "$(id)'\n\""), Map.of(), Duration.ofMinutes(1));
        run(job);
        StringBuilder expected = new StringBuilder();
        hostile.forEach(argument -> expected.append('[').append(argument).append(']'));
        assertThat(stdout(job, folder)).isEqualTo(expected + "$(id)'\n\"");
        assertThat(folder.resolve("owned")).doesNotExist();
    }

    @Test
    default void putsInputsIntoTheFolderInWhichTheEngineRuns(@TempDir Path folder) throws IOException {
        String prompt = "first\nsecond without end, \u00e9 and 'quotes'";
        AgentJob job = Trials.command(
                List.of("cat", "prompt.txt"), Map.of(), Map.of("prompt.txt", prompt), Duration.ofMinutes(1));
        run(job);
        agent().collect(job.trialId(), folder);
        assertThat(folder.resolve("stdout")).hasContent(prompt);
    }

    @Test
    default void keepsWhatTheEnginePrintsByteByByte(@TempDir Path folder) throws IOException {
        AgentJob job = Trials.script("printf '\\377\\000\\033[31m\\r\\n'; cat; printf 'e' >&2");
        run(job);
        assertThat(stdout(job, folder)).isEqualTo("\u00ff\0\u001b[31m\r\n");
        assertThat(folder.resolve("stderr")).hasContent("e");
    }

    @Test
    default void refusesATrialIdThatLeavesItsFolder() {
        assertThatThrownBy(() -> agent().discard("../../x")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> agent().status("")).isInstanceOf(DeviceException.class);
    }

    @Test
    default void relatesTheClocksWithinABound() {
        var first = agent().clockOffset();
        var second = agent().clockOffset();
        assertThat(first.boundNanos()).isPositive().isLessThan(5_000_000_000L);
        assertThat(Math.abs(first.offsetNanos() - second.offsetNanos()))
                .isLessThanOrEqualTo(first.boundNanos() + second.boundNanos());
    }

    @Test
    default void observesOutsideATrial() {
        assertThat(agent().observe(Duration.ZERO).value("memory/available").orElse(0))
                .isPositive();
        assertThat(agent().observe(Duration.ofMillis(200))
                        .value("utilisation/all")
                        .orElse(-1))
                .isBetween(0.0, 1.0);
    }
}
