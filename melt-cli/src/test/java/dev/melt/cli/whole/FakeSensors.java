package dev.melt.cli.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A tree of kernel files with a RAPL counter and a thermal zone that follow a made-up machine of constant power. */
final class FakeSensors implements AutoCloseable {
    private static final String RAPL = "sys/class/powercap/intel-rapl:0/";
    private static final String ZONE = "sys/class/thermal/thermal_zone0/";

    private final Path root;
    private final double watts;
    private final long start = System.nanoTime();
    private final Thread clockwork = new Thread(this::turn, "fake-sensors");
    private volatile boolean stopped;

    FakeSensors(Path root, double watts) {
        this.root = root;
        this.watts = watts;
        put(RAPL + "name", "package-0");
        put(RAPL + "max_energy_range_uj", "262143328850");
        put(ZONE + "type", "x86_pkg_temp");
        put("etc/machine-id", "0123456789abcdef");
        advance();
        clockwork.start();
    }

    /** So that a reader never sees half a number. */
    private void put(String name, String value) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Path fresh = root.resolve("fresh");
            Files.writeString(fresh, value + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void advance() {
        double seconds = (System.nanoTime() - start) / 1e9;
        put(RAPL + "energy_uj", Long.toString(Math.round(5e6 + watts * seconds * 1e6)));
        put(ZONE + "temp", Long.toString(Math.round(1000 * (40 + Math.min(30, seconds)))));
    }

    private void turn() {
        while (!stopped) {
            advance();
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
