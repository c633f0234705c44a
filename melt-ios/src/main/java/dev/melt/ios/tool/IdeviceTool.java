package dev.melt.ios.tool;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.process.HostProcess;
import dev.melt.ios.mux.UsbmuxAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Calls programs of this host that speak to phones. Each call ends by a deadline, for some of them never end by themselves. What they print
 * tells more than their exit codes, of which several are 0 when nothing was done. Immutable.
 *
 * @param environment of MELT
 */
public record IdeviceTool(Map<String, String> environment) {
    private static final int NOT_FOUND = 127;

    public IdeviceTool {
        environment = Map.copyOf(environment);
    }

    /**
     * What a program answered.
     *
     * @param output both streams as they came
     */
    public record Answer(int exitCode, boolean timedOut, String output) {
        public Answer {
            requireNonNull(output, "output");
        }

        /** Whether there is no such program. */
        public boolean isMissing() {
            return exitCode == NOT_FOUND;
        }
    }

    /** Where a program lies along {@code PATH}. */
    public Optional<Path> find(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                Path file = Path.of(folder, program);
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** Runs one to its end. */
    public Answer run(Duration deadline, String program, String... arguments) {
        Optional<Path> path = find(program);
        if (path.isEmpty()) {
            return new Answer(NOT_FOUND, false, program + " is not on the PATH");
        }
        List<String> command = new ArrayList<>(List.of(path.get().toString()));
        command.addAll(List.of(arguments));
        try {
            HostProcess.Ended ended = new HostProcess(command, own(), Path.of("."), deadline).run();
            return new Answer(ended.exitCode(), ended.timedOut(), ended.output());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while " + program + " ran", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that goes on, with both streams in one; the caller reads them and ends it. */
    public Process start(String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(find(program).map(Path::toString).orElse(program)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(own());
        return builder.start();
    }

    private Map<String, String> own() {
        Map<String, String> own = new TreeMap<>();
        for (String name : List.of(UsbmuxAddress.VARIABLE, "PATH", "HOME")) {
            Optional.ofNullable(environment.get(name)).ifPresent(value -> own.put(name, value));
        }
        return own;
    }
}
