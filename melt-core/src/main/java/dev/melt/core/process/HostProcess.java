package dev.melt.core.process;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this host with a deadline: no shell, nothing on its input, both streams into a file, its descendants ended
 * with it. Immutable; may be run more than once.
 *
 * @param command the argument array
 * @param environment variables on top of MELT's own
 * @param folder in which it runs
 */
public record HostProcess(List<String> command, Map<String, String> environment, Path folder, Duration deadline) {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration DEATH = Duration.ofSeconds(5);
    private static final int MOST_OUTPUT = 1 << 20;

    public HostProcess {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        requireNonNull(folder, "folder");
        requireNonNull(deadline, "deadline");
    }

    /**
     * How it ended.
     *
     * @param exitCode 127 when it could not be started, as a shell says
     * @param timedOut whether it was ended because its deadline passed
     * @param output both streams as they came, the last megabyte
     */
    public record Ended(int exitCode, boolean timedOut, String output) {
        /** The last lines with a sign on them, at most so many, with {@code |} between. */
        public String lastLines(int most) {
            List<String> lines = output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - most), lines.size()));
        }
    }

    /** Runs it to its end. */
    public Ended run() throws IOException, InterruptedException {
        return run(() -> {});
    }

    /**
     * Runs it to its end.
     *
     * @param meanwhile called about ten times a second from the calling thread
     * @throws InterruptedException when this thread was interrupted; the program is gone then
     */
    public Ended run(Runnable meanwhile) throws IOException, InterruptedException {
        Path output = Files.createTempFile("melt", ".out");
        try {
            return run(output, meanwhile);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private Ended run(Path output, Runnable meanwhile) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException cannotStart) {
            return new Ended(127, false, String.valueOf(cannotStart.getMessage()));
        }
        try {
            long end = System.nanoTime() + deadline.toNanos();
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - end >= 0) {
                    kill(process);
                    return new Ended(124, true, tail(output));
                }
                meanwhile.run();
            }
            return new Ended(process.exitValue(), false, tail(output));
        } finally {
            if (process.isAlive()) {
                kill(process);
            }
        }
    }

    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(DEATH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String tail(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            in.skipNBytes(Math.max(0, Files.size(output) - MOST_OUTPUT));
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }
}
