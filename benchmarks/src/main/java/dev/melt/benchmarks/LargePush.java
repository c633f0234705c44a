package dev.melt.benchmarks;

import dev.melt.core.device.DeviceDriver;
import dev.melt.virtual.board.VirtualBoard;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Whether memory stays what it is while a large file goes over. */
final class LargePush implements Benchmark {
    private static final long BYTES = 4_000_000_000L;
    private static final double MEGA = 1e6;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long TENTH = BYTES / 10;

    @Override
    public String name() {
        return "ssh-memory";
    }

    @Override
    public String question() {
        return "heap and resident memory of MELT while 4 GB go over SSH";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        Path file = bench.scratch().resolve("model.bin");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(BYTES);
        }
        List<Double> resident = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        try (BoardBench board = new BoardBench(bench, VirtualBoard.Options.PLAIN);
                DeviceDriver driver = board.open()) {
            AtomicLong next = new AtomicLong(TENTH);
            driver.push(file, board.target(), (done, total) -> {
                if (done >= next.get()) {
                    next.addAndGet(TENTH);
                    resident.add(resident());
                    heap.add(heap());
                }
            });
            driver.exec(List.of("rm", "-f", board.target()), ANSWER);
        }
        double growth = resident.get(resident.size() - 1) - resident.get(0);
        return List.of(
                Figure.of(
                        "memory gained between the first and the last tenth of 4 GB",
                        List.of(growth),
                        "MB",
                        Target.atMost(32)),
                Figure.note("resident memory, board's physics and link included", resident, "MB"),
                Figure.note("heap in use", heap, "MB"));
    }

    private static double resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / MEGA)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double heap() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEGA;
    }
}
