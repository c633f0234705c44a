package dev.melt.local;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.ExecResult;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one process to its end. Its output goes into files, so that neither stream can block the other and a grandchild
 * that keeps them open cannot hold up the answer.
 */
final class LocalProcess {
    private static final int LARGEST_OUTPUT = 16 << 20;
    private static final Duration DEATH = Duration.ofSeconds(5);

    private LocalProcess() {}

    /**
     * Runs a command.
     *
     * @param scratch folder for the output while it runs
     * @throws TimedOut after the deadline; the process and its descendants are gone then
     */
    static ExecResult run(List<String> command, Duration deadline, Path scratch) {
        try {
            Path out = Files.createTempFile(scratch, "exec", ".out");
            Path err = Files.createTempFile(scratch, "exec", ".err");
            try {
                return run(command, deadline, out, err);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExecResult run(List<String> command, Duration deadline, Path out, Path err) throws IOException {
        long start = System.nanoTime();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException cannotStart) {
            // as a shell answers
            return new ExecResult(127, "", String.valueOf(cannotStart.getMessage()), elapsed(start));
        }
        if (!ended(process, deadline)) {
            throw new TimedOut(
                    "[local] " + command.get(0) + ": no answer in " + deadline.toMillis() + " ms, ended it", null);
        }
        return new ExecResult(process.exitValue(), text(out), text(err), elapsed(start));
    }

    private static boolean ended(Process process, Duration deadline) {
        try {
            if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            kill(process);
            process.waitFor(DEATH.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException interrupted) {
            kill(process);
            Thread.currentThread().interrupt();
            throw new LinkLost("[local] interrupted while a command ran", interrupted);
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
