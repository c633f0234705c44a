package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.TransferListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The one connection to a server that stops, stays away, freezes and limits what goes on at once. */
@TestInstance(Lifecycle.PER_CLASS)
class SshLinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NOTICED = Duration.ofSeconds(5);
    private static final int SESSIONS = 10;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private TestSshd sshd;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DeviceDriver driver;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    void start(@TempDir Path there) throws Exception {
        sshd = TestSshd.start(there, "MaxSessions " + SESSIONS, "RekeyLimit 1M");
    }

    @AfterAll
    void stop() {
        sshd.close();
        threads.shutdownNow();
    }

    @BeforeEach
    void open() {
        driver = sshd.open();
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private String say(String word) {
        return driver.exec(List.of("echo", word), PATIENCE).stdout();
    }

    private Future<Throwable> failureOf(Runnable call) {
        return threads.submit(() -> {
            try {
                call.run();
                return new AssertionError("it ended well");
            } catch (DeviceException e) {
                return e;
            }
        });
    }

    /** A command that takes a minute; it has begun when this returns. */
    private Future<Throwable> failureOfALongCommand() throws Exception {
        Path begun = Files.createTempDirectory(folder, "run").resolve("begun");
        Future<Throwable> failure =
                failureOf(() -> driver.exec(List.of("sh", "-c", ": >" + begun + "; sleep 60"), PATIENCE));
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> Files.exists(begun));
        return failure;
    }

    @Test
    void noticesAtOnceThatTheServerIsKilledDuringACommand() throws Exception {
        Future<Throwable> failure = failureOfALongCommand();
        long start = System.nanoTime();
        sshd.stop();
        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(LinkLost.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> say("in")).isInstanceOf(Unreachable.class).hasMessageContaining("Connection refused");
        sshd.restart();
        assertThat(say("back")).isEqualTo("back\n");
    }

    @Test
    void takesANewConnectionWhenTheOldOneFroze() throws Exception {
        Future<Throwable> failure = failureOfALongCommand();
        long start = System.nanoTime();
        sshd.freezeConnections();
        assertThat(failure.get(30, TimeUnit.SECONDS))
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("stopped answering");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
        assertThat(say("back")).isEqualTo("back\n");
    }

    @Test
    void noticesThatNothingCanBeSentAnyMore() throws Exception {
        try (SshLink link = sshd.link("board", sshd.environment())) {
            AtomicLong sentAt = new AtomicLong();
            Future<Throwable> failure = failureOfAStuckCopy(link, sentAt);
            sshd.freezeConnections();
            assertThat(failure.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(LinkLost.class)
                    .hasMessageContaining("stopped answering");
            assertThat(Duration.ofNanos(System.nanoTime() - sentAt.get())).isLessThan(NOTICED);
        }
    }

    @Test
    void canBeClosedWhileBytesAreStuck() throws Exception {
        SshLink link = sshd.link("board", sshd.environment());
        Future<Throwable> failure = failureOfAStuckCopy(link, new AtomicLong());
        sshd.freezeConnections();
        Thread.sleep(300);
        CompletableFuture.runAsync(link::close, threads).get(5, TimeUnit.SECONDS);
        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(LinkLost.class);
    }

    /**
     * It is under way when this returns, with more to send than anybody takes.
     *
     * @param sentAt when bytes went out last: the kernel of a server that froze takes some more
     */
    private Future<Throwable> failureOfAStuckCopy(SshLink link, AtomicLong sentAt) throws Exception {
        link.client().getSocket().setSendBufferSize(4096);
        Path zeros = sparse(1L << 30);
        CompletableFuture<Long> begun = new CompletableFuture<>();
        Future<Throwable> failure = failureOf(() -> {
            try (FileChannel content = FileChannel.open(zeros)) {
                SshInput input = SshInput.of(content, 0, sent -> {
                    sentAt.set(System.nanoTime());
                    begun.complete(sent);
                });
                new SshShell(link).feed("cat >/dev/null", "tag", input, Duration.ofSeconds(60));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        begun.get(30, TimeUnit.SECONDS);
        return failure;
    }

    private Path sparse(long bytes) throws Exception {
        Path file = Files.createTempFile(folder, "sparse", "");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(bytes);
        }
        return file;
    }

    @Test
    void aDeadlineIsKeptThoughTheServerFroze() throws Exception {
        sshd.freezeConnections();
        long start = System.nanoTime();
        assertThatThrownBy(() -> driver.exec(List.of("true"), Duration.ofSeconds(1)))
                .isInstanceOf(TimedOut.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NOTICED);
        assertThat(say("back")).isEqualTo("back\n");
    }

    @Test
    void manyCommandsGoOnAtOnceAndOneTooManyBreaksNone() throws Exception {
        List<Future<String>> running = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            running.add(threads.submit(() -> driver.exec(List.of("sh", "-c", "sleep 1.5; echo done"), PATIENCE)
                    .stdout()));
        }
        Thread.sleep(700);
        assertThatThrownBy(() -> say("in")).isInstanceOf(LinkLost.class).hasMessageContaining("no other session");
        for (Future<String> each : running) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo("done\n");
        }
        assertThat(say("in")).isEqualTo("in\n");
    }

    @Test
    void copiesGoOnWhileKeysAreExchangedAnew() throws Exception {
        byte[] content = new byte[5_000_000];
        new Random(9).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        CompletableFuture<?> other = CompletableFuture.runAsync(
                () -> driver.push(file, folder.resolve("other").toString(), TransferListener.NONE), threads);
        driver.push(file, folder.resolve("there").toString(), TransferListener.NONE);
        driver.pull(folder.resolve("there").toString(), folder.resolve("back"), TransferListener.NONE);
        other.get(30, TimeUnit.SECONDS);
        assertThat(folder.resolve("back")).hasBinaryContent(content);
        assertThat(folder.resolve("other")).hasBinaryContent(content);
    }

    @Test
    void whatAListenerThrowsEndsTheCopy() throws Exception {
        Path file = sparse(3_000_000);
        assertThatThrownBy(() -> driver.push(file, folder.resolve("cancelled").toString(), (done, total) -> {
                    throw new IllegalStateException("cancelled");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cancelled");
        assertThat(say("in")).isEqualTo("in\n");
    }

    @Test
    void anInterruptEndsACommand() throws Exception {
        Thread caller = Thread.currentThread();
        threads.execute(() -> {
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            caller.interrupt();
        });
        assertThatThrownBy(() -> driver.exec(List.of("sleep", "60"), PATIENCE)).isInstanceOf(LinkLost.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(say("back")).isEqualTo("back\n");
    }

    @Test
    void leavesNothingBehind() throws Exception {
        sshd.dropConnections();
        for (int i = 0; i < 3; i++) {
            await().ignoreExceptions().until(() -> say("in").equals("in\n"));
            sshd.dropConnections();
        }
        driver.close();
        await().atMost(PATIENCE).until(() -> sshd.sessions().findAny().isEmpty());
        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sshj-Reader")
                                || thread.getName().startsWith("ssh ")
                                || thread.getName().startsWith("watch ")));
    }
}
