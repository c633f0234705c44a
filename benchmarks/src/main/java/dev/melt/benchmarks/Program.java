package dev.melt.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end while its wall time and its memory are watched. */
final class Program {
    private static final long DEADLINE_MINUTES = 20;
    private static final int LOOK_MILLIS = 20;

    private Program() {}

    /**
     * How it went.
     *
     * @param peakBytes largest resident set of the process itself, its children not counted; 0 when it was too quick to see
     */
    record Run(double seconds, long peakBytes, String out) {}

    /**
     * Runs it.
     *
     * @throws IOException when it ends with another code than 0 or 3, which MELT gives for figures that may not be quoted
     */
    static Run run(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("melt-bench", ".out");
        Path err = Files.createTempFile("melt-bench", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            long start = System.nanoTime();
            Process process = builder.start();
            long peak = watch(process);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (process.exitValue() != 0 && process.exitValue() != 3) {
                throw new IOException(command + ": exit " + process.exitValue() + ": " + Files.readString(err));
            }
            return new Run(seconds, peak, Files.readString(out));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static long watch(Process process) throws IOException, InterruptedException {
        long peak = 0;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(DEADLINE_MINUTES);
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, highWater(process.pid()));
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("no end after " + DEADLINE_MINUTES + " minutes");
            }
        }
        return peak;
    }

    private static long highWater(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0; // it ended between two looks
        }
    }
}
