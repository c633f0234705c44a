package dev.melt.cli.whole;

import dev.melt.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** MELT in a process of its own, so that it can be killed. Its streams go to files. */
record MeltProcess(Process process, Path out, Path err) {
    private static final int PATIENCE_SECONDS = 120;

    static MeltProcess start(Path folder, Map<String, String> environment, List<String> args) {
        try {
            Path out = Files.createTempFile(folder, "melt", ".out");
            Path err = Files.createTempFile(folder, "melt", ".err");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Dmelt.worker=" + System.getProperty("melt.worker"),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Main.class.getName()));
            command.addAll(args);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new MeltProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does; only this one process. */
    void kill() {
        process.destroyForcibly();
        end();
    }

    /** As Ctrl-C does. */
    void interrupt() {
        Signals.send("INT", process.pid());
    }

    /** Waits for the end and gives the exit code. */
    int end() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + text(err));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String text(Path stream) {
        try {
            return Files.readString(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
