package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.process.HostProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code adb} of the platform tools. MELT uses it for one thing: to start a server where there is none.
 *
 * @param environment of the process, for the server's keys
 */
record AdbProgram(Path path, Map<String, String> environment) {
    private static final Duration START = Duration.ofSeconds(20);

    AdbProgram {
        requireNonNull(path, "path");
        environment = Map.copyOf(environment);
    }

    /** The one on {@code PATH}, else in {@code ANDROID_HOME} or {@code ANDROID_SDK_ROOT}. */
    static Optional<AdbProgram> find(Map<String, String> environment) {
        Stream<String> onPath = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
        Stream<String> inSdk = Stream.of("ANDROID_HOME", "ANDROID_SDK_ROOT")
                .filter(environment::containsKey)
                .map(name -> environment.get(name) + "/platform-tools");
        return Stream.concat(onPath, inSdk)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "adb"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> new AdbProgram(found, environment));
    }

    /**
     * Starts a server. Only to be called when none answers: a client of another version ends a server that it finds.
     *
     * @throws InvalidInputException when it does not start, with what adb said
     */
    void startServer(AdbAddress address) {
        List<String> command = List.of(path.toString(), "-P", Integer.toString(address.port()), "start-server");
        try {
            HostProcess.Ended ended =
                    new HostProcess(command, environment, Path.of("").toAbsolutePath(), START).run();
            if (ended.exitCode() != 0) {
                throw new InvalidInputException(
                        "adb server at " + address,
                        "'" + String.join(" ", command) + "' should start it",
                        ended.timedOut() ? "it did not end" : "exit " + ended.exitCode() + ", " + ended.lastLines(3),
                        "start it by hand and see what it says");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkLost("[adb] interrupted while the server was started", e);
        }
    }
}
