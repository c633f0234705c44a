package dev.melt.cli.command.virtual;

import dev.melt.cli.Session;
import dev.melt.virtual.ios.mux.Usbmuxd;
import dev.melt.virtual.machine.ControlPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where simulated devices stand: a temporary folder with a folder for each.
 */
final class Desk implements AutoCloseable {
    private final Session session;
    private final Path folder;
    private Optional<Usbmuxd> usbmuxd = Optional.empty();

    private Desk(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    static Desk make(Session session) throws IOException {
        return new Desk(session, Files.createTempDirectory("melt-virtual"));
    }

    /** Whose person is told what a device does not understand. */
    Session session() {
        return session;
    }

    /** What every iPhone hangs on that stands here. */
    Usbmuxd usbmuxd() throws IOException {
        if (usbmuxd.isEmpty()) {
            usbmuxd = Optional.of(new Usbmuxd(folder.resolve("usbmuxd")));
        }
        return usbmuxd.get();
    }

    /** The folder of a device, made where it is missing. */
    Path place(String device) throws IOException {
        return Files.createDirectories(folder.resolve(device));
    }

    /** A file for {@code ssh -F} that knows every board that stands here. */
    Path sshConfig() {
        return folder.resolve("ssh_config");
    }

    /**
     * Listens to what a device is told to do.
     *
     * @param obey does a line and gives complaints
     */
    ControlPipe control(String device, Function<String, List<String>> obey) throws IOException {
        return new ControlPipe(
                place(device).resolve("control"),
                line -> obey.apply(line).forEach(complaint -> session.err().println("[" + device + "] " + complaint)));
    }

    /** Takes the folder away. */
    @Override
    public void close() throws IOException {
        if (usbmuxd.isPresent()) {
            usbmuxd.get().close();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
