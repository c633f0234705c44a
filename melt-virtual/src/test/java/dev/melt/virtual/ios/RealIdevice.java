package dev.melt.virtual.ios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's tools of libimobiledevice, pointed at a usbmuxd. */
final class RealIdevice {
    private static final int DEADLINE_SECONDS = 20;

    /** What a tool said; it ended by itself. */
    record Said(int exitCode, String out, String err) {}

    private final Path folder;
    private final Map<String, String> environment;

    RealIdevice(Path folder, Map<String, String> environment) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.environment = environment;
    }

    /** Runs one to its end. */
    Said run(String... line) throws Exception {
        Running running = start(line);
        if (!running.process().waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            running.end();
            throw new AssertionError(List.of(line) + " did not end: " + running.out() + running.err());
        }
        return new Said(running.process().exitValue(), running.out(), running.err());
    }

    /** What one says on its standard output. */
    String out(String... line) throws Exception {
        return run(line).out();
    }

    /** Starts one that does not end by itself. */
    Running start(String... line) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return new Running(builder.start(), out, err);
    }

    /** A tool that runs. */
    record Running(Process process, Path outFile, Path errFile) {
        String out() throws IOException {
            return Files.readString(outFile, StandardCharsets.UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, StandardCharsets.UTF_8);
        }

        /** Asks it to end, and waits. */
        void end() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
