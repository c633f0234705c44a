package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.InterruptGuard;
import dev.melt.cli.Session;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.process.HostProcess;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A simulated phone that the adb server knows for as long as this process lives. Used once. */
final class VirtualPhone {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration ADB = Duration.ofSeconds(20);

    private final Session session;

    VirtualPhone(Session session) {
        this.session = session;
    }

    /**
     * Boots the phone, tells where it is, and waits for Ctrl-C. Its files lie in a temporary folder and go with it.
     *
     * @throws InvalidInputException when there is no such phone, this machine cannot run it, or adb is missing
     */
    ExitCode keep(String name) throws IOException, InterruptedException {
        if (!VirtualDevices.names().contains(name)) {
            throw new InvalidInputException(
                    "virtual phone '" + name + "'",
                    "the name of one expected",
                    "there is none of that name",
                    "the phones are " + String.join(", ", VirtualDevices.names()));
        }
        Path folder = Files.createTempDirectory("melt-" + name);
        CountDownLatch ended = new CountDownLatch(1);
        return InterruptGuard.during(GRACE, ended::countDown, () -> {
            try (VirtualAndroid phone = VirtualDevices.start(name, folder)) {
                connect(phone.address());
                session.out().println(name + " (virtual) is at " + phone.address());
                session.out().println("in another terminal: melt run --device " + phone.address() + " --model tiny");
                session.out().flush();
                session.say("Ctrl-C ends it");
                ended.await();
                adb("disconnect", phone.address());
            } finally {
                delete(folder);
            }
            return ExitCode.INTERRUPTED;
        });
    }

    private void connect(String address) throws IOException, InterruptedException {
        HostProcess.Ended said = adb("connect", address);
        if (said.exitCode() != 0 || !said.output().contains("connected to " + address)) {
            throw new InvalidInputException(
                    "virtual phone at " + address,
                    "'adb connect' should reach it",
                    said.exitCode() == 127 ? "there is no adb on PATH" : said.lastLines(2),
                    "install adb (Debian: apt-get install adb), or see what 'adb devices' says");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private HostProcess.Ended adb(String word, String address) throws IOException, InterruptedException {
        return new HostProcess(List.of("adb", word, address), session.environment(), session.workingDirectory(), ADB)
                .run();
    }
}
