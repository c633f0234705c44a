package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every agent must do with files that are brought there once and kept. */
public interface AgentStoreConformance extends AgentReaderConformance {
    /** Longer than anything here takes; only a broken agent uses it up. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /** Runs a job to its end. */
    default AgentStatus run(AgentJob job) {
        agent().start(job);
        return agent().await(job.trialId(), PATIENCE);
    }

    /** What the engine of a job printed, byte by byte. */
    default String stdout(AgentJob job, Path folder) throws IOException {
        agent().collect(job.trialId(), folder);
        return Files.readString(folder.resolve("stdout"), StandardCharsets.ISO_8859_1);
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
}
