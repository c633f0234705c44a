package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.board.BoardFaults;
import dev.melt.virtual.board.VirtualBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Links to a board that break, fall silent and come back. */
@TestInstance(Lifecycle.PER_CLASS)
class SshFaultsTest {
    private static final int SIZE = 12_000_000;
    private static final int DROPPED_AT = 8_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NOTICED = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private byte[] content = new byte[0];

    @SuppressWarnings("NullAway.Init") // started before the first test
    private TestBoard board;

    @SuppressWarnings("NullAway.Init")
    private BoardFaults faults;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DeviceDriver driver;

    @BeforeAll
    void start(@TempDir Path there) throws Exception {
        content = new byte[SIZE];
        new Random(7).nextBytes(content);
        board = TestBoard.start("orin-nano", there, VirtualBoard.Options.PLAIN.withData(40_000_000));
        faults = board.board().faults();
    }

    @AfterAll
    void end() throws Exception {
        board.close();
    }

    @BeforeEach
    void open() {
        driver = board.open();
    }

    @AfterEach
    void close() throws Exception {
        driver.close();
        faults.stall(false);
        faults.offline(false);
        faults.freeDisk();
        for (String name : List.of("model", "model.part", "begun")) {
            Files.deleteIfExists(board.home(name));
        }
    }

    private String home(String name) {
        return "/home/" + board.board().profile().user() + "/" + name;
    }

    private Path model() throws Exception {
        return Files.write(folder.resolve("model"), content);
    }

    private String echo() {
        return driver.exec(List.of("echo", "back"), PATIENCE).stdout();
    }

    /** Fails as a broken link does and within the time in which that has to be noticed. */
    private static void assertNoticed(long start, Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.retryIsSafe()).isTrue());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
    }

    @Test
    void goesOnWithACopyWhereItBroke() throws Exception {
        Path model = model();
        faults.dropAfter(DROPPED_AT);
        assertThatThrownBy(() -> driver.push(model, home("model"), TransferListener.NONE))
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.retryIsSafe()).isTrue());
        assertThat(board.home("model")).doesNotExist();
        AtomicLong first = new AtomicLong();
        driver.push(model, home("model"), (done, total) -> first.compareAndSet(0, done));
        assertThat(first.get()).isGreaterThan(DROPPED_AT * 7L / 10);
        assertThat(board.home("model")).hasBinaryContent(content);
        assertThat(board.home("model.part")).doesNotExist();
    }

    @Test
    void doesNotGoOnWithWhatIsAnotherFiles() throws Exception {
        assertThat(driver.exec(List.of("sh", "-c", "head -c 1000000 /dev/zero >" + home("model.part")), PATIENCE)
                        .succeeded())
                .isTrue();
        driver.push(model(), home("model"), TransferListener.NONE);
        assertThat(board.home("model")).hasBinaryContent(content);
    }

    @Test
    void noticesThatTheLinkIsSilentDuringACommand() throws Exception {
        CompletableFuture<Throwable> failure = failureOfALongCommand();
        long start = System.nanoTime();
        faults.stall(true);
        assertThat(failure.get()).isInstanceOf(LinkLost.class).hasMessageContaining("stopped answering");
        assertNoticed(start, failure.get());
        faults.stall(false);
        assertThat(echo()).isEqualTo("back\n");
    }

    @Test
    void noticesThatTheLinkIsSilentDuringACopyThere() throws Exception {
        Path model = model();
        AtomicLong start = new AtomicLong();
        assertThatThrownBy(() -> driver.push(model, home("model"), (done, total) -> stallAt(3_000_000, done, start)))
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("stopped answering")
                .satisfies(e -> assertNoticed(start.get(), e));
        faults.stall(false);
        AtomicLong first = new AtomicLong();
        driver.push(model, home("model"), (done, total) -> first.compareAndSet(0, done));
        assertThat(first.get()).isPositive();
        assertThat(board.home("model")).hasBinaryContent(content);
    }

    @Test
    void noticesThatTheLinkIsSilentDuringACopyBack() throws Exception {
        Files.write(board.home("model"), content);
        Path back = Files.writeString(folder.resolve("back"), "old");
        AtomicLong start = new AtomicLong();
        assertThatThrownBy(() -> driver.pull(home("model"), back, (done, total) -> stallAt(3_000_000, done, start)))
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("stopped answering")
                .satisfies(e -> assertNoticed(start.get(), e));
        assertThat(back).hasContent("old");
        faults.stall(false);
        driver.pull(home("model"), back, TransferListener.NONE);
        assertThat(back).hasBinaryContent(content);
    }

    private void stallAt(long bytes, long done, AtomicLong start) {
        if (done > bytes && start.compareAndSet(0, System.nanoTime())) {
            faults.stall(true);
        }
    }

    @Test
    void aCopyBackThatBrokeLeavesTheOldFile() throws Exception {
        Files.write(board.home("model"), content);
        Path back = Files.writeString(folder.resolve("kept"), "old");
        assertThatThrownBy(() -> driver.pull(home("model"), back, (done, total) -> {
                    if (done > 3_000_000) {
                        faults.drop();
                    }
                }))
                .isInstanceOf(LinkLost.class);
        assertThat(back).hasContent("old");
        assertThat(folder.resolve("kept.part")).doesNotExist();
    }

    @Test
    void saysThatTheBoardIsGoneAndFindsItAgain() throws Exception {
        faults.offline(true);
        assertThatThrownBy(() -> {
                    driver.exec(List.of("true"), PATIENCE);
                    driver.exec(List.of("true"), PATIENCE);
                })
                .isInstanceOf(DeviceException.class);
        assertThatThrownBy(this::echo).isInstanceOf(Unreachable.class).hasMessageContaining("Connection refused");
        faults.offline(false);
        assertThat(echo()).isEqualTo("back\n");
    }

    @Test
    void learnsAnewWhatABoardHasThatRestarted() throws Exception {
        assertThat(heat()).isNotEmpty().doesNotContain("later");
        String before = bootId();
        faults.reboot(Duration.ofMillis(200));
        Path zone = board.board().onHost("/sys/class/thermal/thermal_zone0/type");
        Files.writeString(zone, "later-therm\n");
        assertThat(heat()).contains("later");
        assertThat(bootId()).isNotEqualTo(before);
    }

    /** Names of its sensors. */
    private String heat() {
        return driver.telemetry().probes().stream()
                .flatMap(probe -> probe.columns().stream())
                .map(column -> column.channel().name())
                .filter(name -> name.startsWith("temperature"))
                .toList()
                .toString();
    }

    private String bootId() {
        return driver.exec(List.of("cat", "/proc/sys/kernel/random/boot_id"), PATIENCE)
                .stdout();
    }

    @Test
    void saysThatTheDiskIsFullBeforeItBegins() throws Exception {
        faults.fillDisk(1_000_000);
        assertThatThrownBy(() -> driver.push(model(), home("model"), TransferListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("melt device gc virtual-orin-nano", "0.01 GB needed");
    }

    @Test
    void saysThatTheDiskBecameFull() throws Exception {
        AtomicLong filled = new AtomicLong();
        assertThatThrownBy(() -> driver.push(model(), home("model"), (done, total) -> {
                    if (filled.compareAndSet(0, 1)) {
                        fill();
                    }
                }))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("No space left", "melt device gc virtual-orin-nano");
        faults.freeDisk();
        driver.push(model(), home("model"), TransferListener.NONE);
        assertThat(board.home("model")).hasBinaryContent(content);
    }

    private void fill() {
        try {
            faults.fillDisk(100_000);
        } catch (IOException full) {
            // the copy took the last of it meanwhile
        }
    }

    /** It has begun when this returns. */
    private CompletableFuture<Throwable> failureOfALongCommand() throws Exception {
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try {
                driver.exec(List.of("sh", "-c", ": >" + home("begun") + "; sleep 60"), PATIENCE);
                return new AssertionError("it ended well");
            } catch (DeviceException e) {
                return e;
            }
        });
        while (!Files.exists(board.home("begun"))) {
            Thread.sleep(20);
        }
        return failure;
    }
}
