package dev.melt.benchmarks;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.TransferListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How fast a large file gets onto a device.
 *
 * @param name of the benchmark
 * @param question it answers
 * @param least ratio of the two rates
 */
record PushRate(String name, String question, double least, Opening opening) implements Benchmark {
    /** A device, and another program that brings files onto it over the same link. */
    interface Peer extends AutoCloseable {
        Duration ANSWER = Duration.ofSeconds(60);

        /** What the other program is called. */
        String program();

        /** MELT's driver, opened anew. */
        DeviceDriver open();

        /** Where the file goes. */
        String target();

        /** Copies a file there with the other program. */
        void push(Path file) throws IOException, InterruptedException;

        /** Takes the file away again. */
        default void remove(DeviceDriver driver) throws IOException {
            driver.exec(List.of("rm", "-f", target()), ANSWER);
        }

        /** Processor seconds used so far by everything that takes part. */
        double processorSeconds() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Makes the device. */
    interface Opening {
        Peer open(Workbench bench, long roomBytes) throws IOException, InterruptedException;
    }

    private static final int PAIRS = 7;
    private static final int MEGABYTES = Integer.getInteger("melt.push.megabytes", 1000);
    private static final long MEGA = 1_000_000;

    /** Both halves of one pair, wall time and processor time. */
    private record Pair(Spent melt, Spent peer) {}

    private record Spent(double seconds, double processorSeconds) {}

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        Path file = incompressible(bench.scratch().resolve("model.bin"));
        try (Peer peer = opening.open(bench, MEGABYTES * MEGA * 5 / 4 + (64L << 20));
                DeviceDriver driver = peer.open()) {
            push(peer, driver, file); // both sides of the link are warm after that
            List<Pair> pairs = new ArrayList<>();
            for (int number = 0; number < PAIRS; number++) {
                bench.awaitQuiet();
                boolean meltFirst = number % 2 == 0;
                Spent first = meltFirst ? push(peer, driver, file) : peerPush(peer, driver, file);
                Spent second = meltFirst ? peerPush(peer, driver, file) : push(peer, driver, file);
                pairs.add(meltFirst ? new Pair(first, second) : new Pair(second, first));
            }
            return figures(peer.program(), pairs);
        }
    }

    private List<Figure> figures(String peer, List<Pair> pairs) {
        return List.of(
                Figure.of(
                        "push rate, MELT / " + peer,
                        pairs.stream()
                                .map(pair -> pair.peer().seconds() / pair.melt().seconds())
                                .toList(),
                        "ratio",
                        Target.atLeast(least)),
                Figure.note("push by MELT", rates(pairs.stream().map(Pair::melt).toList()), "MB/s"),
                Figure.note(peer, rates(pairs.stream().map(Pair::peer).toList()), "MB/s"),
                Figure.note(
                        "processor time of a push, MELT / " + peer + ", both ends",
                        pairs.stream()
                                .map(pair -> pair.melt().processorSeconds()
                                        / pair.peer().processorSeconds())
                                .toList(),
                        "ratio"));
    }

    private static List<Double> rates(List<Spent> spent) {
        return spent.stream().map(one -> MEGABYTES / one.seconds()).toList();
    }

    private static Spent push(Peer peer, DeviceDriver driver, Path file) throws IOException, InterruptedException {
        return spent(peer, driver, () -> driver.push(file, peer.target(), TransferListener.NONE));
    }

    private static Spent peerPush(Peer peer, DeviceDriver driver, Path file) throws IOException, InterruptedException {
        return spent(peer, driver, () -> peer.push(file));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static Spent spent(Peer peer, DeviceDriver driver, Work work) throws IOException, InterruptedException {
        double before = peer.processorSeconds();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = peer.processorSeconds() - before;
        peer.remove(driver);
        return new Spent(seconds, used);
    }

    private static Path incompressible(Path file) throws IOException {
        byte[] block = new byte[(int) MEGA];
        Random random = new Random(3);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }
}
