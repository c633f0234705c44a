package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent must do with models that are brought there, where it can run no shell command; a part of {@link AppConformance}. */
public interface AppStoreConformance {
    /** The agent, installed; every call may give another object for the same folder on the device. */
    Agent agent();

    /** A model that the agent's engine can run, as small as possible. */
    Path model();

    /**
     * A trial whose engine runs a request.
     *
     * @param requestJson content of its {@code request.json}
     */
    AgentJob job(String id, String requestJson, Duration deadline);

    /** The same with a name of its own, and time enough. */
    default AgentJob job(String requestJson) {
        return job(AppRequests.newTrialId(), requestJson, Duration.ofMinutes(5));
    }

    /** The model as a request names it, there after the call. */
    default String stored() throws IOException {
        return agent().store(model(), Sha256.of(model(), ByteProgress.NONE), TransferListener.NONE);
    }

    /** A file of a megabyte or so that no test before has brought. */
    private static Path fresh(Path folder) throws IOException {
        byte[] content = new byte[(1 << 20) - 17]; // smaller than what an agent on this machine would only link
        new Random().nextBytes(content);
        return Files.write(folder.resolve("brought.bin"), content);
    }

    private Optional<StockItem> item(StockItem.Kind kind, String name) {
        return agent().inventory().items().stream()
                .filter(item -> item.kind() == kind && item.name().equals(name))
                .findFirst();
    }

    @Test
    default void bringsAFileOnce(@TempDir Path folder) throws IOException {
        Path file = fresh(folder);
        String sha256 = Sha256.of(file, ByteProgress.NONE);
        long size = Files.size(file);
        List<Long> reported = new ArrayList<>();
        String stored = agent().store(file, sha256, (done, total) -> reported.add(done));
        assertThat(reported).last().isEqualTo(size);

        reported.clear();
        assertThat(agent().store(file, sha256, (done, total) -> reported.add(done)))
                .isEqualTo(stored);
        assertThat(reported).as("nothing of it again").doesNotContain(0L).allMatch(done -> done == size);
        assertThat(agent().forget(StockItem.Kind.FILE, sha256 + "/brought.bin")).isTrue();
    }

    @Test
    default void goesOnWhereACopyBroke(@TempDir Path folder) throws IOException {
        Path file = fresh(folder);
        String sha256 = Sha256.of(file, ByteProgress.NONE);
        List<Long> reported = new ArrayList<>();
        assertThatThrownBy(() -> agent().store(file, sha256, (done, total) -> {
                    reported.add(done);
                    throw new IllegalStateException("pulled out");
                }))
                .hasStackTraceContaining("pulled out");
        long broke = reported.get(0);

        reported.clear();
        agent().store(file, sha256, (done, total) -> reported.add(done));
        assertThat(reported).allMatch(done -> done >= broke);
        assertThat(item(StockItem.Kind.FILE, sha256 + "/brought.bin")
                        .orElseThrow()
                        .bytes())
                .isEqualTo(Files.size(file));
        assertThat(agent().forget(StockItem.Kind.FILE, sha256 + "/brought.bin")).isTrue();
    }

    @Test
    default void refusesContentOfAnotherHash(@TempDir Path folder) throws IOException {
        Path file = fresh(folder);
        String other = Sha256.of("something else");
        assertThatThrownBy(() -> agent().store(file, other, TransferListener.NONE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("sha256");
        assertThatThrownBy(() -> agent().store(file, other, TransferListener.NONE))
                .as("once more")
                .isInstanceOf(DeviceException.class);
    }

    @Test
    default void forgetsWhatNoTrialUses(@TempDir Path folder) throws IOException {
        Path file = fresh(folder);
        String sha256 = Sha256.of(file, ByteProgress.NONE);
        String name = sha256 + "/brought.bin";
        agent().store(file, sha256, TransferListener.NONE);
        StockItem there = item(StockItem.Kind.FILE, name).orElseThrow();
        assertThat(there.bytes()).isEqualTo(Files.size(file));
        assertThat(there.busy()).isFalse();

        assertThat(agent().forget(StockItem.Kind.FILE, name)).isTrue();
        assertThat(agent().forget(StockItem.Kind.FILE, name)).isTrue();
        assertThat(item(StockItem.Kind.FILE, name)).isEmpty();
        agent().store(file, sha256, TransferListener.NONE);
        assertThat(item(StockItem.Kind.FILE, name)).isPresent();
        assertThat(agent().forget(StockItem.Kind.FILE, name)).isTrue();
    }

    @Test
    default void keepsWhatARunningTrialUses() throws IOException {
        AgentJob job = job(AppRequests.endless(stored()));
        String name = Sha256.of(model(), ByteProgress.NONE) + "/" + model().getFileName();
        agent().start(job);
        assertThat(item(StockItem.Kind.FILE, name).orElseThrow().busy()).isTrue();
        assertThat(item(StockItem.Kind.TRIAL, job.trialId()).orElseThrow().busy())
                .isTrue();
        assertThat(agent().forget(StockItem.Kind.FILE, name)).isFalse();
        assertThat(agent().forget(StockItem.Kind.TRIAL, job.trialId())).isFalse();
        agent().stop(job.trialId());

        assertThat(item(StockItem.Kind.FILE, name).orElseThrow().busy()).isFalse();
        assertThat(agent().forget(StockItem.Kind.TRIAL, job.trialId())).isTrue();
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.UNKNOWN);
        assertThat(item(StockItem.Kind.TRIAL, job.trialId())).isEmpty();
    }
}
