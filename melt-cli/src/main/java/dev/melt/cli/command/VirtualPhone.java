package dev.melt.cli.command;

import dev.melt.cli.Session;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.process.HostProcess;
import dev.melt.virtual.android.PhoneRemote;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import dev.melt.virtual.machine.ControlPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A simulated phone that the adb server knows from {@link #boot} to {@link #end}; its files lie in a temporary folder and go with it. */
final class VirtualPhone {
    private static final Duration ADB = Duration.ofSeconds(20);

    private final Session session;
    private final VirtualPhoneWish wish;
    private final Path folder;
    private final VirtualAndroid phone;
    private final ControlPipe control;

    private VirtualPhone(Session session, VirtualPhoneWish wish, Path folder) throws IOException {
        this.session = session;
        this.wish = wish;
        this.folder = folder;
        this.phone = VirtualDevices.start(wish.name(), folder.resolve("phone"), wish.options());
        PhoneRemote remote = new PhoneRemote(phone);
        this.control = new ControlPipe(
                folder.resolve("control"),
                line -> remote.obey(line)
                        .forEach(complaint -> session.err().println("[" + wish.name() + "] " + complaint)));
    }

    /**
     * Boots one.
     *
     * @throws InvalidInputException when this machine cannot run it, or adb is missing
     */
    static VirtualPhone boot(Session session, VirtualPhoneWish wish) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("melt-" + wish.name());
        try {
            VirtualPhone booted = new VirtualPhone(session, wish, folder);
            try {
                booted.connect();
                return booted;
            } catch (IOException | InterruptedException | RuntimeException e) {
                booted.phone.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** Tells where it is and how it is changed. */
    void introduce() {
        session.out().println(wish.name() + " (virtual) is at " + phone.address());
        session.out().println("in another terminal: melt run --device " + phone.address() + " --model tiny");
        session.out().println("to change it: echo 'plug off' >" + control.path());
    }

    /** Ends it, and takes it from the adb server's list. */
    void end() throws IOException, InterruptedException {
        try {
            adb("disconnect");
            control.close();
            phone.close();
        } finally {
            delete(folder);
        }
    }

    private void connect() throws IOException, InterruptedException {
        HostProcess.Ended said = adb("connect");
        if (said.exitCode() != 0 || !said.output().contains("connected to " + phone.address())) {
            throw new InvalidInputException(
                    "virtual phone at " + phone.address(),
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

    private HostProcess.Ended adb(String word) throws IOException, InterruptedException {
        return new HostProcess(
                        List.of("adb", word, phone.address()), session.environment(), session.workingDirectory(), ADB)
                .run();
    }
}
