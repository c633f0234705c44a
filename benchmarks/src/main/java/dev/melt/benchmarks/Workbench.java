package dev.melt.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The checkout under measurement and a scratch folder with a home of MELT's, removed on closing. */
final class Workbench implements AutoCloseable {
    private static final double QUIET_SHARE = 0.15;
    private static final int LONGEST_WAIT_LOOKS = 20;

    private final Path root;
    private final Path scratch;

    Workbench(Path root) throws IOException {
        this.root = root;
        this.scratch = Files.createTempDirectory("melt-bench");
    }

    Path root() {
        return root;
    }

    Path scratch() {
        return scratch;
    }

    Path home() {
        return scratch.resolve("home");
    }

    /** Runs {@code ./melt} with a home of its own. */
    Program.Run melt(String... arguments) throws IOException, InterruptedException {
        return melt(Map.of(), List.of(arguments));
    }

    Program.Run melt(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("melt").toString()));
        command.addAll(arguments);
        Map<String, String> all = new HashMap<>(environment);
        all.put("MELT_HOME", home().toString());
        return Program.run(command, all, scratch);
    }

    /** Runs any other program in the scratch folder. */
    Program.Run program(String... command) throws IOException, InterruptedException {
        return Program.run(List.of(command), Map.of(), scratch);
    }

    /**
     * Waits a while for others on the machine to be done.
     *
     * @return whether they were
     */
    boolean awaitQuiet() throws IOException, InterruptedException {
        for (int i = 0; i < LONGEST_WAIT_LOOKS; i++) {
            if (isQuiet()) {
                return true;
            }
        }
        return false;
    }

    /** Looks for half a second whether others use the processors. */
    boolean isQuiet() throws IOException, InterruptedException {
        long[] before = ticks();
        TimeUnit.MILLISECONDS.sleep(500);
        long[] after = ticks();
        double busy = 1 - (after[1] - before[1]) / (double) Math.max(1, after[0] - before[0]);
        return busy < QUIET_SHARE;
    }

    /** All ticks of all processors since boot, and the idle ones among them. */
    private static long[] ticks() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +", -1);
        long sum = 0;
        for (int i = 1; i <= 8; i++) {
            sum += Long.parseLong(words[i]);
        }
        return new long[] {sum, Long.parseLong(words[4]) + Long.parseLong(words[5])};
    }

    /** The trial folders of the newest run, in order. */
    List<Path> newestTrials() throws IOException {
        Path run = children(home().resolve("runs")).stream()
                .max(Comparator.comparing(Workbench::modified))
                .orElseThrow(() -> new IOException("no run in " + home()));
        return children(run.resolve("trials"));
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static long modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(scratch);
    }
}
