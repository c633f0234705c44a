package dev.melt.jetson.ssh;

import static dev.melt.core.agent.ShellQuoting.quote;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.PlainText;
import dev.melt.core.remote.LinkWatch;
import dev.melt.core.remote.RemoteProcess;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;

/** Copies files from a host, as {@code cat} writes them; a target is replaced when all of it is there. */
record SshPull(SshLink link) {
    private static final int PIECE = 1 << 16;
    private static final int MOST_WORDS = 1 << 12;
    private static final int FAREWELL_SECONDS = 10;

    void pull(String source, Path target, TransferListener listener) {
        Path absolute = target.toAbsolutePath();
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        try {
            Optional<Path> folder = Optional.ofNullable(absolute.getParent());
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            try {
                receive(source, part, listener);
                Files.move(part, absolute, ATOMIC_MOVE, REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part); // what a trial writes may still grow: a part of it is no beginning
            }
        } catch (IOException e) {
            throw link.during("pull " + source, e);
        }
    }

    private void receive(String source, Path part, TransferListener listener) throws IOException {
        String nonce = RemoteProcess.nonce();
        try (LinkWatch watch = link.watch(link::drop, Optional.empty());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            watch.guard(() -> {
                try (Session session = link.session()) {
                    Session.Command command =
                            session.exec(AnyShell.running(LoginNoise.mark(nonce, "") + "exec cat " + quote(source)));
                    LoginNoise noise = new LoginNoise(nonce);
                    copy(command.getInputStream(), noise, out, watch, listener);
                    String said = new String(command.getErrorStream().readNBytes(MOST_WORDS), StandardCharsets.UTF_8);
                    command.join(FAREWELL_SECONDS, TimeUnit.SECONDS);
                    require(command, noise.isOver(), noise.isOver() ? said : noise.text() + said, source);
                }
            });
        } catch (DeviceException known) {
            throw known;
        } catch (IOException e) {
            link.drop();
            throw e;
        }
    }

    private static void copy(
            InputStream in, LoginNoise noise, OutputStream out, LinkWatch watch, TransferListener listener)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long received = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            int from = noise.skip(piece, n);
            out.write(piece, from, n - from);
            received += n - from;
            watch.alive();
            listener.transferred(received, received);
        }
    }

    private void require(Session.Command command, boolean begun, String said, String source) throws IOException {
        Integer status = command.getExitStatus();
        if (status == null) {
            throw new EOFException("the link broke before all of it was there");
        }
        if (status != 0 || !begun) {
            throw new ProtocolViolation(
                    "[" + link.host().label() + "] pull " + source + ": " + PlainText.oneLine(said.strip()), null);
        }
    }
}
