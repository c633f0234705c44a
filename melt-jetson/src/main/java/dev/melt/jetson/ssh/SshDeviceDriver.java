package dev.melt.jetson.ssh;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.agent.ShellAgent;
import dev.melt.core.device.Agent;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.Platform;
import dev.melt.core.device.PortForward;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.remote.Commands;
import dev.melt.core.remote.PortRelay;
import dev.melt.core.remote.RemoteProcess;
import dev.melt.core.remote.Reports;
import dev.melt.core.remote.ShellControls;
import dev.melt.core.remote.ShellPush;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.jetson.board.BoardControls;
import dev.melt.jetson.board.BoardFacts;
import dev.melt.jetson.board.BoardLook;
import dev.melt.jetson.board.BoardReports;
import dev.melt.jetson.board.BoardTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Jetson or another Linux machine over SSH. One connection carries everything; it is opened again after it broke, and what was learnt
 * of the machine is learnt anew then. Everything that MELT writes there lies below one folder, {@code ~/.melt/device} unless the
 * profile names another.
 */
public final class SshDeviceDriver implements DeviceDriver {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final SshLink link;
    private final SshShell shell;
    private final ShellPush push;
    private final Device device;
    private final String workdir;
    private Seen seen;

    /** What was seen over a connection: a machine that was away may have restarted, and its sensors have other numbers then. */
    private record Seen(BoardLook look, long connection) {}

    private SshDeviceDriver(SshLink link, SshShell shell, Seen seen, Device device, String workdir) {
        this.link = link;
        this.shell = shell;
        this.push = new ShellPush(shell, new SshWay(shell));
        this.seen = seen;
        this.device = device;
        this.workdir = workdir;
    }

    /**
     * Connects, and looks around.
     *
     * @param name as a person calls it
     * @param folder where MELT may write; empty for the usual one
     * @throws InvalidInputException when a person has to do something first
     */
    static SshDeviceDriver open(String name, SshLink link, Optional<String> folder) {
        link.open();
        SshShell shell = new SshShell(link);
        long connection = link.connection();
        Seen seen = new Seen(look(shell), connection);
        BoardLook look = seen.look();
        TreeMap<String, String> facts = new TreeMap<>(new BoardFacts(look).find());
        facts.put("link", "network");
        facts.put("ssh_server", link.client().getTransport().getServerVersion());
        String serial =
                new BoardFacts(look).serial().orElseGet(() -> link.host().address());
        Platform platform = look.isTegra() ? Platform.JETSON : Platform.LINUX;
        boolean virtual = look.simulated("virtual").isPresent();
        String workdir = folder.orElseGet(() -> home(link.host(), look) + "/.melt/device");
        return new SshDeviceDriver(link, shell, seen, new Device(name, platform, serial, virtual, facts), workdir);
    }

    private static String home(SshHost host, BoardLook look) {
        return look.word("home")
                .filter(home -> home.startsWith("/"))
                .map(home -> home.equals("/") ? "" : home)
                .orElseThrow(() -> new InvalidInputException(
                        "[" + host.label() + "] " + host.address(),
                        "a user with a home folder needed",
                        "cd says nothing",
                        "name a work folder in the device's profile: workdir"));
    }

    /** As it was seen last; seen anew after the link broke. */
    private synchronized BoardLook look() {
        long connection = link.connection();
        if (seen.connection() != connection) {
            seen = new Seen(look(shell), connection);
        }
        return seen.look();
    }

    private static BoardLook look(SshShell shell) {
        try (InputStream script = SshDeviceDriver.class.getResourceAsStream("look.sh")) {
            if (script == null) {
                throw new IllegalStateException("look.sh is missing from the program");
            }
            ExecResult answer = shell.feed("sh", RemoteProcess.nonce(), SshInput.of(script.readAllBytes()), ANSWER);
            if (!answer.succeeded()) {
                throw new ProtocolViolation(
                        "[" + shell.label() + "] looking around: exit " + answer.exitCode() + ": "
                                + answer.stderr().strip(),
                        null);
            }
            return BoardLook.parse(answer.stdout());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public ExecResult exec(List<String> command, Duration deadline) {
        return shell.run(quote(command), deadline);
    }

    @Override
    public void push(Path source, String target, TransferListener listener) {
        requireAbsolute(target);
        push.push(source, target, listener);
    }

    @Override
    public void pull(String source, Path target, TransferListener listener) {
        requireAbsolute(source);
        new SshPull(link).pull(source, target, listener);
    }

    @Override
    public PortForward forward(int devicePort) {
        return PortRelay.open(devicePort, () -> SshWire.open(link, devicePort));
    }

    @Override
    public TelemetryPlan telemetry() {
        return new BoardTelemetry(look()).plan();
    }

    @Override
    public Agent agent() {
        return new ShellAgent(this, workdir);
    }

    @Override
    public DeviceControls controls() {
        Commands commands = (script, deadline) -> shell.run("sh -c " + quote(script), deadline);
        return new ShellControls(
                commands, () -> new BoardControls(look(), workdir).all(), BoardControls.restarting(look()));
    }

    @Override
    public Map<String, String> reports() {
        return Reports.of(this, BoardReports.commands(look()));
    }

    @Override
    public void close() {
        link.close();
    }

    private void requireAbsolute(String path) {
        if (!path.startsWith("/")) {
            throw new ProtocolViolation(
                    "[" + shell.label() + "] a path on the device must be absolute, was " + path, null);
        }
    }
}
