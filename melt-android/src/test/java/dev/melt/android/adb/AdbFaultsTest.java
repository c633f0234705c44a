package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.TransferListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that break, on phones with shell v2 and without. */
class AdbFaultsTest {
    private static final int SIZE = 40_000_000;
    private static final int DROPPED_AT = 25_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NOTICED = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private @Nullable TestPhone made;
    private byte[] content = new byte[0];

    @BeforeEach
    void fill() {
        content = new byte[SIZE];
        new Random(7).nextBytes(content);
    }

    @AfterEach
    void off() throws Exception {
        if (made != null) {
            made.close();
        }
    }

    private TestPhone phone(boolean shellV2) throws Exception {
        TestPhone phone = TestPhone.connected(folder, shellV2 ? TestPhone.Kind.NEW : TestPhone.Kind.OLD);
        made = phone;
        return phone;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWithACopyWhereItBroke(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        DeviceDriver driver = phone.open();
        Path model = Files.write(folder.resolve("model"), content);
        String target = "/data/local/tmp/store/model";
        phone.faults.dropAfter(DROPPED_AT);
        assertThatThrownBy(() -> driver.push(model, target, TransferListener.NONE))
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.retryIsSafe()).isTrue());
        assertThat(phone.path(target)).doesNotExist();
        AtomicLong first = new AtomicLong();
        driver.push(model, target, (done, total) -> first.compareAndSet(0, done));
        assertThat(first.get()).isGreaterThan(shellV2 ? DROPPED_AT * 8L / 10 : 16_000_000);
        assertThat(phone.path(target)).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotGoOnWithWhatIsAnotherFiles(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        Path model = Files.write(folder.resolve("model"), content);
        Path part = phone.path("/data/local/tmp/model.part");
        Files.write(part, new byte[1_000_000]);
        phone.open().push(model, "/data/local/tmp/model", TransferListener.NONE);
        assertThat(phone.path("/data/local/tmp/model")).hasBinaryContent(content);
        assertThat(part).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outlivesTheAdbServer(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        DeviceDriver driver = phone.open();
        phone.adb("kill-server");
        assertThat(driver.exec(List.of("echo", "back"), PATIENCE).stdout()).isEqualTo("back\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesTheEndOfTheAdbServerInTheMiddleOfACommand(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        CompletableFuture<Throwable> failure = failureOfALongCommand(phone);
        long start = System.nanoTime();
        phone.adb("kill-server");
        assertThat(failure.get()).isInstanceOf(LinkLost.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesThatTheCableIsOut(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        CompletableFuture<Throwable> failure = failureOfALongCommand(phone);
        long start = System.nanoTime();
        phone.pullTheCable();
        assertThat(failure.get()).isInstanceOf(LinkLost.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesADeviceThatFallsSilent(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        CompletableFuture<Throwable> failure = failureOfALongCommand(phone);
        long start = System.nanoTime();
        phone.faults.mute(true);
        assertThat(failure.get()).isInstanceOf(LinkLost.class).hasMessageContaining("stopped answering");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatADeviceIsGoneAndFindsItAgain(boolean shellV2) throws Exception {
        TestPhone phone = phone(shellV2);
        DeviceDriver driver = phone.open();
        phone.faults.refuse(true);
        phone.pullTheCable();
        assertThatThrownBy(() -> driver.exec(List.of("true"), PATIENCE)).isInstanceOf(Unreachable.class);
        phone.faults.refuse(false);
        await().atMost(Duration.ofSeconds(30)) // the server may be in the middle of a try of its own, of 10 s
                .ignoreExceptionsInstanceOf(DeviceException.class)
                .untilAsserted(() -> assertThat(
                                driver.exec(List.of("echo", "back"), PATIENCE).stdout())
                        .isEqualTo("back\n"));
    }

    /** It has begun when this returns. */
    private CompletableFuture<Throwable> failureOfALongCommand(TestPhone phone) throws Exception {
        DeviceDriver driver = phone.open();
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try {
                driver.exec(List.of("sh", "-c", ": >/data/local/tmp/begun; sleep 60"), PATIENCE);
                return new AssertionError("it ended well");
            } catch (DeviceException e) {
                return e;
            }
        });
        while (!Files.exists(phone.path("/data/local/tmp/begun"))) {
            Thread.sleep(20);
        }
        return failure;
    }
}
