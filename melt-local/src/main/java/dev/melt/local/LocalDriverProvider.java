package dev.melt.local;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DriverContext;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Offers this machine under the name {@code local}. {@code MELT_SYSROOT} names a folder with another {@code sys} and
 * {@code proc} to look into, for dry runs; {@code MELT_AGENT_SHELL} the shell that the agent shall use.
 */
public final class LocalDriverProvider implements DeviceDriverProvider {
    @Override
    public String name() {
        return "local";
    }

    @Override
    public String describe() {
        return "this machine, without any link";
    }

    @Override
    public List<Device> discover(DriverContext context) {
        return List.of(LocalDeviceDriver.describe(sysroot(context)));
    }

    @Override
    public boolean claims(String name, DriverContext context) {
        return name.equals(name());
    }

    @Override
    public DeviceDriver open(String name, DriverContext context) {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            throw new InvalidInputException(
                    "--device local", "Linux or macOS needed", "this is Windows", "run MELT inside WSL 2");
        }
        Path workdir = context.home().toAbsolutePath().resolve("device");
        if (!workdir.toString().matches("[^\\p{Cntrl}]+")) {
            throw new InvalidInputException(
                    "--home", "a path without control characters needed", "found " + workdir, "choose another folder");
        }
        try {
            return new LocalDeviceDriver(workdir, sysroot(context), shell(context));
        } catch (UncheckedIOException e) {
            throw new InvalidInputException(
                    new Problem(
                            "--home " + context.home(),
                            "a folder that can be written needed",
                            "found " + e.getCause(),
                            "give another with --home or MELT_HOME"),
                    e);
        }
    }

    private static Path sysroot(DriverContext context) {
        return Path.of(
                Optional.ofNullable(context.environment().get("MELT_SYSROOT")).orElse("/"));
    }

    private static List<String> shell(DriverContext context) {
        String shell =
                context.environment().getOrDefault("MELT_AGENT_SHELL", "").strip();
        return shell.isEmpty() ? List.of() : List.of(shell.split(" +", -1));
    }
}
