package dev.melt.ios.agent;

import dev.melt.core.telemetry.SamplesHeader;
import dev.melt.core.telemetry.TelemetryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * The file of what the host asked a phone, on the phone's boot clock: {@code samples.host.tsv}. A row is written when the phone's gauge has
 * renewed its reading and at no other time, so that a value never looks finer than it is.
 */
final class HostSamples {
    private static final long NANOS = 1_000_000_000L;

    private final Path file;
    private final List<String> keys;
    private final long periodNanos;
    private OptionalLong origin = OptionalLong.empty();
    private OptionalLong lastAt = OptionalLong.empty();
    private String lastCells = "";
    private OptionalLong lastUpdate = OptionalLong.empty();

    /**
     * Begins a file, or goes on with one that an earlier MELT began.
     *
     * @param boundNanos how far off the stamps may be
     */
    HostSamples(Path file, TelemetryPlan plan, Duration period, long boundNanos) {
        this.file = file;
        this.keys = BatteryProbes.READER.keys(plan);
        this.periodNanos = period.toNanos();
        if (!goesOn()) {
            append(SamplesHeader.text(BatteryProbes.READER.part(plan), period.toNanos() / 1000)
                    + "#clock lockdown bound_ns " + boundNanos + "\n");
        }
    }

    private boolean goesOn() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) == 0) {
                return false;
            }
            for (String line : Files.readAllLines(file)) {
                if (line.matches("#origin_ns [0-9]{1,18}")) {
                    origin = OptionalLong.of(Long.parseLong(line.substring("#origin_ns ".length())));
                } else if (line.matches("[0-9]{1,18}\t.*")) {
                    lastAt = OptionalLong.of(Long.parseLong(line.substring(0, line.indexOf('\t'))));
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes a reading.
     *
     * @param atNanos on the phone's boot clock, in the middle of asking
     * @param clocks of the phone, by which the gauge's own time is set onto the boot clock
     */
    void take(Battery.Reading reading, long atNanos, WallAndBoot clocks) {
        StringJoiner cells = new StringJoiner("\t");
        for (String key : keys) {
            var value = BatteryProbes.value(key, reading.registry());
            cells.add(value.isPresent() ? Double.toString(value.getAsDouble()) : "");
        }
        OptionalLong update = reading.registry().updateTimeSeconds();
        boolean renewed = update.isPresent()
                ? !update.equals(lastUpdate)
                : !cells.toString().equals(lastCells);
        if (!renewed) {
            return;
        }
        long stamp = stamp(update, atNanos, clocks);
        if (lastAt.isPresent() && stamp <= lastAt.getAsLong()) {
            return; // renewed within the second that the gauge's time has
        }
        if (origin.isEmpty()) {
            origin = OptionalLong.of(stamp);
            append("#origin_ns " + stamp + "\n");
        }
        long tick = Math.max(0, Math.round((stamp - origin.getAsLong()) / (double) periodNanos));
        append(stamp + "\t" + tick + "\t" + cells + "\n");
        lastAt = OptionalLong.of(stamp);
        lastCells = cells.toString();
        lastUpdate = update;
    }

    /** When the gauge says that it was read, if that is since the last look; else when it was asked. */
    private long stamp(OptionalLong updateSeconds, long atNanos, WallAndBoot clocks) {
        if (updateSeconds.isEmpty()) {
            return atNanos;
        }
        long own = updateSeconds.getAsLong() * NANOS - clocks.aheadNanos();
        long earliest = Math.max(lastAt.orElse(Long.MIN_VALUE), atNanos - 2 * periodNanos);
        return own > earliest && own <= atNanos ? own : atNanos;
    }

    private void append(String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
