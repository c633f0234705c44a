package dev.melt.benchmarks;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.TransferListener;
import dev.melt.virtual.android.VirtualAndroid.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How fast a large file gets onto a phone. */
final class PushRate implements Benchmark {
    private static final int PAIRS = 7;
    private static final int MEGABYTES = Integer.getInteger("melt.push.megabytes", 1000);
    private static final long MEGA = 1_000_000;
    private static final String TARGET = "/data/local/tmp/benchmark.bin";
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Both halves of one pair, wall time and processor time. */
    private record Pair(Spent melt, Spent adb) {}

    private record Spent(double seconds, double processorSeconds) {}

    @Override
    public String name() {
        return "push";
    }

    @Override
    public String question() {
        return "a file of 1 GB onto a virtual phone through Debian's adb server, MELT's driver against adb push";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        Path file = incompressible(bench.scratch().resolve("model.bin"));
        Options inMemory = Options.PLAIN.withData(MEGABYTES * MEGA * 5 / 4 + (64L << 20));
        try (PhoneBench phone = new PhoneBench(bench, inMemory)) {
            DeviceDriver driver = phone.open();
            push(phone, driver, file); // both sides of the link are warm after that
            List<Pair> pairs = new ArrayList<>();
            for (int number = 0; number < PAIRS; number++) {
                bench.awaitQuiet();
                boolean meltFirst = number % 2 == 0;
                Spent first = meltFirst ? push(phone, driver, file) : adbPush(phone, driver, file);
                Spent second = meltFirst ? adbPush(phone, driver, file) : push(phone, driver, file);
                pairs.add(meltFirst ? new Pair(first, second) : new Pair(second, first));
            }
            return figures(pairs);
        }
    }

    private static List<Figure> figures(List<Pair> pairs) {
        return List.of(
                Figure.of(
                        "push rate, MELT / adb push",
                        pairs.stream()
                                .map(pair -> pair.adb().seconds() / pair.melt().seconds())
                                .toList(),
                        "ratio",
                        Target.atLeast(0.95)),
                Figure.note("push by MELT", rates(pairs.stream().map(Pair::melt).toList()), "MB/s"),
                Figure.note("adb push", rates(pairs.stream().map(Pair::adb).toList()), "MB/s"),
                Figure.note(
                        "processor time of a push, MELT / adb push, server and phone included",
                        pairs.stream()
                                .map(pair ->
                                        pair.melt().processorSeconds() / pair.adb().processorSeconds())
                                .toList(),
                        "ratio"));
    }

    private static List<Double> rates(List<Spent> spent) {
        return spent.stream().map(one -> MEGABYTES / one.seconds()).toList();
    }

    private static Spent push(PhoneBench phone, DeviceDriver driver, Path file)
            throws IOException, InterruptedException {
        return spent(phone, driver, () -> driver.push(file, TARGET, TransferListener.NONE));
    }

    private static Spent adbPush(PhoneBench phone, DeviceDriver driver, Path file)
            throws IOException, InterruptedException {
        return spent(phone, driver, () -> phone.adbOnPhone("push", file.toString(), TARGET));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static Spent spent(PhoneBench phone, DeviceDriver driver, Work work)
            throws IOException, InterruptedException {
        double before = phone.processorSeconds();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = phone.processorSeconds() - before;
        driver.exec(List.of("rm", "-f", TARGET), ANSWER);
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
