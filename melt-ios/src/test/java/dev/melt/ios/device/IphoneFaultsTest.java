package dev.melt.ios.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.log.Death;
import dev.melt.core.parse.SourceText;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.ios.agent.IosDeaths;
import dev.melt.testkit.AppRequests;
import dev.melt.virtual.ios.IphoneRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong between this host and an app on a phone, and what is left of the work then. */
class IphoneFaultsTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private TestIphone phone;
    private DeviceDriver driver;

    @BeforeEach
    void start() throws IOException {
        phone = TestIphone.start(folder);
        driver = phone.open();
        driver.agent().install();
    }

    @AfterEach
    void end() throws IOException {
        driver.close();
        phone.close();
    }

    private void say(String words) {
        assertThat(new IphoneRemote(phone.phone()).obey(words)).isEmpty();
    }

    private Path file(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(3).nextBytes(content);
        return Files.write(folder.resolve("weights.bin"), content);
    }

    private AgentJob endless() throws IOException {
        Path model = TestIphone.tiny(folder);
        String stored = driver.agent().store(model, Sha256.of(model, ByteProgress.NONE), TransferListener.NONE);
        return new AgentJob(
                AppRequests.newTrialId(),
                List.of("app"),
                Map.of(),
                Map.of("request.json", AppRequests.endless(stored)),
                driver.telemetry(),
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ofMinutes(5));
    }

    @Test
    void aCopyGoesOnWhereTheCableWasPulled() throws IOException {
        Path file = file(8 * MEGABYTE);
        String sha256 = Sha256.of(file, ByteProgress.NONE);
        driver.agent().clockOffset(); // the app has said who it is
        phone.phone().faults().unplugAfter(4 * MEGABYTE);
        List<Long> seen = new ArrayList<>();

        assertThatThrownBy(() -> driver.agent().store(file, sha256, (done, total) -> seen.add(done)))
                .isInstanceOf(LinkLost.class)
                .matches(broken -> ((DeviceException) broken).retryIsSafe());
        long broke = seen.get(seen.size() - 1);
        assertThatThrownBy(() -> driver.agent().store(file, sha256, TransferListener.NONE))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("the phone is not attached");

        phone.phone().plug(true);
        seen.clear();
        driver.agent().store(file, sha256, (done, total) -> seen.add(done));
        assertThat(broke).isBetween((long) MEGABYTE, 4L * MEGABYTE);
        assertThat(seen.get(0)).isGreaterThan(broke);
    }

    @Test
    void refusesAFileForWhichThereIsNoRoomBeforeTheFirstByte() throws IOException {
        Path file = file(8 * MEGABYTE);
        driver.agent().clockOffset();
        phone.phone().faults().fillDisk(5 * MEGABYTE);
        List<Long> seen = new ArrayList<>();

        assertThatThrownBy(() ->
                        driver.agent().store(file, Sha256.of(file, ByteProgress.NONE), (done, total) -> seen.add(done)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("0.01 GB needed")
                .hasMessageContaining("free on the phone")
                .hasMessageContaining("melt device gc");
        assertThat(seen).isEmpty();
    }

    @Test
    void waitsForALockedPhoneBeforeALaunch() throws IOException {
        AgentJob job = endless();
        say("lock screen");

        assertThatThrownBy(() -> driver.agent().start(job))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("the phone is locked; unlock it");
        say("lock open");
        driver.agent().start(job);
        assertThat(driver.agent().status(job.trialId()).state()).isEqualTo(State.RUNNING);
        driver.agent().stop(job.trialId());
    }

    @Test
    void anAppThatTheSystemEndsIsLostAndItsReportSaysWhy() throws Exception {
        AgentJob job = endless();
        driver.agent().start(job);
        phone.phone().faults().jetsam("per-process-limit");

        AgentStatus status = driver.agent().await(job.trialId(), Duration.ofSeconds(40));

        assertThat(status.state()).isEqualTo(State.LOST);
        List<Path> collected = driver.agent().collect(job.trialId(), folder.resolve("trial"));
        assertThat(collected)
                .extracting(path -> path.getFileName().toString())
                .contains("deaths", "deaths.1.ips", "samples.tsv", "samples.host.tsv", "status");
        for (String name : List.of("deaths", "deaths.1.ips")) {
            List<Death> deaths = new IosDeaths()
                    .read(SourceText.of(Files.readString(folder.resolve("trial").resolve(name))));
            assertThat(deaths).as(name).anySatisfy(death -> {
                assertThat(death.outOfMemory()).isTrue();
                assertThat(Long.toString(death.pid().orElse(0)))
                        .isEqualTo(status.details().get("pid"));
                assertThat(death.words()).contains("iOS ended MeltAgent").contains("per-process-limit");
            });
        }
    }

    @Test
    void anAppThatCrashesIsLostAndItsReportSaysHow() throws Exception {
        AgentJob job = endless();
        driver.agent().start(job);
        phone.phone().faults().crash();

        AgentStatus status = driver.agent().await(job.trialId(), Duration.ofSeconds(60));

        assertThat(status.state()).isEqualTo(State.LOST);
        driver.agent().collect(job.trialId(), folder.resolve("trial"));
        assertThat(new IosDeaths().read(SourceText.of(Files.readString(folder.resolve("trial/deaths.1.ips")))))
                .singleElement()
                .satisfies(death -> {
                    assertThat(death.outOfMemory()).isFalse();
                    assertThat(death.words()).contains("MeltAgent").contains("SIGSEGV");
                });
    }

    @Test
    void theAppGoesOnWhileTheCableIsOut() throws Exception {
        AgentJob job = endless();
        driver.agent().start(job);
        driver.agent().await(job.trialId(), Duration.ofSeconds(4));
        phone.phone().plug(false);
        Path soFar = folder.resolve("home/ios/" + phone.phone().udid() + "/" + job.trialId() + "/so-far");
        assertThat(soFar.resolve("events.jsonl")).as("brought while it ran").isNotEmptyFile();
        assertThatThrownBy(() -> driver.agent().await(job.trialId(), Duration.ofSeconds(5)))
                .isInstanceOf(DeviceException.class);
        Path events =
                phone.phone().documents("dev.melt.agent").resolve("melt/trials/" + job.trialId() + "/events.jsonl");
        long before = Files.exists(events) ? Files.size(events) : 0;
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(events) && Files.size(events) > before);

        phone.phone().plug(true);
        assertThat(driver.agent().await(job.trialId(), Duration.ofSeconds(3)).state())
                .isEqualTo(State.RUNNING);
        driver.agent().stop(job.trialId());
        driver.agent().collect(job.trialId(), folder.resolve("trial"));
        assertThat(folder.resolve("trial/events.jsonl"))
                .as("gone on with, not begun anew")
                .hasSameBinaryContentAs(events);
        driver.agent().discard(job.trialId());
        assertThat(soFar).doesNotExist();
        assertThat(SamplesFile.read(folder.resolve("trial/samples.host.tsv"))
                        .named("voltage/battery")
                        .orElseThrow()
                        .size())
                .isPositive();
    }
}
