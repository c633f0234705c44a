package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.Sha256;
import dev.melt.core.telemetry.SamplesFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every agent must do that runs shell commands as engines. A test class implements it and says how the agent is
 * reached; each test has trials of its own.
 */
public interface AgentConformance extends AgentReaderConformance {
    /** Longer than anything here takes; only a broken agent uses it up. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /** Starts a job from a process that is killed with its whole process group as soon as the job runs. */
    void startFromAProcessThatIsKilled(AgentJob job) throws IOException, InterruptedException;

    private AgentStatus run(AgentJob job) {
        agent().start(job);
        return agent().await(job.trialId(), PATIENCE);
    }

    private String stdout(AgentJob job, Path folder) throws IOException {
        agent().collect(job.trialId(), folder);
        return Files.readString(folder.resolve("stdout"), StandardCharsets.ISO_8859_1);
    }

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
    default void storesAFileOnceUnderItsHash(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("model.gguf"), "abc");
        String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        List<Long> pushed = new ArrayList<>();
        String stored = agent().store(file, sha256, (done, total) -> pushed.add(done));
        assertThat(agent().store(file, sha256, (done, total) -> pushed.add(done)))
                .isEqualTo(stored);
        assertThat(pushed).isNotEmpty().allMatch(done -> done <= 3);
        AgentJob job = Trials.command(List.of("cat", stored), Map.of(), Map.of(), Duration.ofMinutes(1));
        run(job);
        assertThat(stdout(job, folder)).isEqualTo("abc");
    }

    @Test
    default void refusesAFileWhoseContentIsNotWhatItsHashSays(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("model.gguf"), "abd");
        assertThatThrownBy(() -> agent().store(
                                file,
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                (done, total) -> {}))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("sha256");
    }

    private String store(Path folder, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return agent().store(file, Sha256.of(content), TransferListener.NONE);
    }

    @Test
    default void assemblesStoredFilesUnderTheirNames(@TempDir Path folder) throws IOException {
        String program = "#!/bin/sh\ncat \"${0%/*}/../lib/words.txt\" \"${0%/*}/../lib/twin\"\n";
        store(folder, "say", program);
        store(folder, "words.txt", "words\n");
        List<FolderEntry> entries = List.of(
                new FolderEntry("bin/say", Sha256.of(program), "say", true),
                new FolderEntry("lib/words.txt", Sha256.of("words\n"), "words.txt", false),
                new FolderEntry("lib/twin", Sha256.of("words\n"), "words.txt", false));
        String bundle = Sha256.of("bundle of " + program);
        String made = agent().assemble(bundle, entries);
        assertThat(agent().assemble(bundle, entries)).isEqualTo(made);
        AgentJob job = Trials.command(List.of(made + "/bin/say"), Map.of(), Map.of(), Duration.ofMinutes(1));
        run(job);
        assertThat(stdout(job, folder)).isEqualTo("words\nwords\n");
    }

    @Test
    default void assemblesAgainWhatWasLeftHalfMade(@TempDir Path folder) throws IOException {
        store(folder, "part", "part one");
        FolderEntry there = new FolderEntry("part", Sha256.of("part one"), "part", false);
        FolderEntry missing = new FolderEntry("other", Sha256.of("part two"), "other", true);
        String bundle = Sha256.of("half made");
        assertThatThrownBy(() -> agent().assemble(bundle, List.of(there, missing)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("not in the store");
        store(folder, "other", "part two");
        String made = agent().assemble(bundle, List.of(there, missing));
        String check = "cat " + made + "/part " + made + "/other; test -x " + made + "/other && echo .";
        AgentJob job = Trials.script(check);
        run(job);
        assertThat(stdout(job, folder)).isEqualTo("part onepart two.\n");
    }

    @Test
    default void makesAFolderAnewFromWhichAFileWasTaken(@TempDir Path folder) throws IOException {
        store(folder, "kept", "kept");
        String bundle = Sha256.of("one is taken");
        List<FolderEntry> entries = List.of(new FolderEntry("kept", Sha256.of("kept"), "kept", false));
        String made = agent().assemble(bundle, entries);
        run(Trials.script("rm " + made + "/kept"));
        AgentJob job = Trials.script("cat " + agent().assemble(bundle, entries) + "/kept");
        run(job);
        assertThat(stdout(job, folder)).isEqualTo("kept");
    }

    private Optional<StockItem> item(StockItem.Kind kind, String name) {
        return agent().inventory().items().stream()
                .filter(item -> item.kind() == kind && item.name().equals(name))
                .findFirst();
    }

    @Test
    default void tellsWhatLiesThereAndWhatItWeighs(@TempDir Path folder) throws IOException {
        store(folder, "weighed", "twelve bytes");
        String bundle = Sha256.of("a weighed bundle");
        agent().assemble(bundle, List.of(new FolderEntry("lib/weighed", Sha256.of("twelve bytes"), "weighed", false)));
        AgentJob job = Trials.script("exit 0");
        run(job);

        String name = Sha256.of("twelve bytes") + "/weighed";
        StockItem file = item(StockItem.Kind.FILE, name).orElseThrow();
        StockItem made = item(StockItem.Kind.BUNDLE, bundle).orElseThrow();
        StockItem trial = item(StockItem.Kind.TRIAL, job.trialId()).orElseThrow();
        assertThat(file.bytes()).isEqualTo(12);
        assertThat(made.bytes()).isEqualTo(made.shares().contains(name) ? 0 : 12);
        assertThat(trial.bytes()).isPositive();
        assertThat(List.of(file, made, trial)).allSatisfy(item -> {
            assertThat(item.busy()).isFalse();
            assertThat(item.unused().orElseThrow()).isLessThan(Duration.ofMinutes(10));
        });
        assertThat(agent().inventory().items().stream()
                        .filter(item -> item.kind() == StockItem.Kind.AGENT && item.busy()))
                .hasSize(1);
    }

    @Test
    default void forgetsWhatNothingUses(@TempDir Path folder) throws IOException {
        store(folder, "forgotten", "forgotten");
        String name = Sha256.of("forgotten") + "/forgotten";
        String bundle = Sha256.of("a forgotten bundle");
        List<FolderEntry> entries = List.of(new FolderEntry("forgotten", Sha256.of("forgotten"), "forgotten", false));
        agent().assemble(bundle, entries);

        assertThat(agent().forget(StockItem.Kind.FILE, name)).isTrue();
        assertThat(agent().forget(StockItem.Kind.FILE, name)).isTrue();
        assertThat(agent().forget(StockItem.Kind.BUNDLE, bundle)).isTrue();

        assertThat(item(StockItem.Kind.FILE, name)).isEmpty();
        assertThat(item(StockItem.Kind.BUNDLE, bundle)).isEmpty();
        assertThatThrownBy(() -> agent().assemble(bundle, entries)).isInstanceOf(DeviceException.class);
        store(folder, "forgotten", "forgotten");
        assertThat(item(StockItem.Kind.FILE, name)).isPresent();
    }

    @Test
    default void forgetsNothingThatARunningTrialUses(@TempDir Path folder) throws IOException {
        String stored = store(folder, "needed", "needed");
        String name = Sha256.of("needed") + "/needed";
        AgentJob job = Trials.script("sleep 60; cat " + stored);
        agent().start(job);

        assertThat(item(StockItem.Kind.FILE, name).orElseThrow().busy()).isTrue();
        assertThat(agent().forget(StockItem.Kind.FILE, name)).isFalse();
        assertThat(agent().forget(StockItem.Kind.TRIAL, job.trialId())).isFalse();
        agent().stop(job.trialId());

        assertThat(agent().forget(StockItem.Kind.FILE, name)).isTrue();
        assertThat(agent().forget(StockItem.Kind.TRIAL, job.trialId())).isTrue();
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.UNKNOWN);
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
