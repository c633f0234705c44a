package dev.melt.local;

import dev.melt.core.agent.ShellAgent;
import dev.melt.core.device.Agent;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.Platform;
import dev.melt.core.device.PortForward;
import dev.melt.core.device.TransferListener;
import dev.melt.core.sysfs.EnergyProbes;
import dev.melt.core.sysfs.HeatProbes;
import dev.melt.core.sysfs.LoadProbes;
import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.TelemetryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * This machine as a device, through the same agent as every other one. Its work folder is one below MELT's own state;
 * nothing outside it is written. Holds nothing open between calls.
 */
public final class LocalDeviceDriver implements DeviceDriver {
    private static final long USUAL_PAGE_BYTES = 4096;
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Path workdir;
    private final Sysroot sysroot;
    private final Device device;
    private final List<String> shell;

    /**
     * A driver.
     *
     * @param workdir absolute folder, made when it is missing
     * @param sysroot where {@code /sys} and {@code /proc} lie; {@code /} for the real ones
     * @param shell the shell of the agent, see {@link ShellAgent}; empty to choose the best
     */
    public LocalDeviceDriver(Path workdir, Path sysroot, List<String> shell) {
        this.workdir = workdir.toAbsolutePath();
        this.sysroot = new Sysroot(sysroot.toAbsolutePath());
        this.shell = List.copyOf(shell);
        this.device = describe(sysroot);
        try {
            Files.createDirectories(scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The device that this machine is; with another root it is an invented one. */
    static Device describe(Path root) {
        Sysroot sysroot = new Sysroot(root.toAbsolutePath());
        Map<String, String> properties = new TreeMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        boolean mac = properties.getOrDefault("os.name", "").startsWith("Mac");
        String serial = sysroot.line("/etc/machine-id").orElse("local");
        boolean invented = !root.equals(Path.of("/"));
        return new Device(
                "local",
                mac ? Platform.MACOS : Platform.LINUX,
                serial,
                invented,
                new HostFacts(sysroot, properties).find());
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public ExecResult exec(List<String> command, Duration deadline) {
        return LocalProcess.run(command, deadline, scratch());
    }

    @Override
    public void push(Path source, String target, TransferListener listener) {
        LocalTransfer.push(source, absolute(target), listener);
    }

    @Override
    public void pull(String source, Path target, TransferListener listener) {
        LocalTransfer.pull(absolute(source), target, listener);
    }

    @Override
    public PortForward forward(int devicePort) {
        return PortForward.direct(devicePort);
    }

    @Override
    public TelemetryPlan telemetry() {
        ProbeList found = new ProbeList(sysroot);
        new EnergyProbes(sysroot).find(found);
        new HeatProbes(sysroot).find(found);
        new LoadProbes(sysroot, pageBytes()).find(found);
        return found.plan();
    }

    @Override
    public Agent agent() {
        return new ShellAgent(this, workdir.toString(), shell);
    }

    @Override
    public void close() {
        // nothing is held open
    }

    private long pageBytes() {
        String answer = exec(List.of("getconf", "PAGESIZE"), ANSWER).stdout().strip();
        return answer.matches("[0-9]{1,9}") ? Long.parseLong(answer) : USUAL_PAGE_BYTES;
    }

    private Path scratch() {
        return workdir.resolve("tmp");
    }

    private static Path absolute(String path) {
        if (!path.startsWith("/")) {
            throw new ProtocolViolation("[local] a path on the device must be absolute, was " + path, null);
        }
        return Path.of(path);
    }
}
