package dev.melt.virtual.ios.app;

import dev.melt.virtual.ios.app.PhoneApp.PhoneSenses;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the app reads of itself and of the phone, as cells of a row. Before the engine is there and after it has ended the app's footprint
 * is not known: this process is not a phone's app. Safe for use by several threads.
 */
final class AppSensors {
    private final PhoneSenses senses;
    private final BootClock clock;
    private @Nullable EngineProcess engine;
    private long cpuNanos;
    private long peakBytes;
    private long toldAt;
    private long toldCpu;

    AppSensors(PhoneSenses senses, BootClock clock) {
        this.senses = senses;
        this.clock = clock;
        this.toldAt = clock.nanos();
    }

    synchronized void watch(EngineProcess started) {
        engine = started;
    }

    /** A cell for each key; empty where its reading failed or the key is not known. */
    String cells(List<String> keys) {
        StringBuilder row = new StringBuilder();
        for (String key : keys) {
            row.append('\t').append(cell(key));
        }
        return row.toString();
    }

    private String cell(String key) {
        return switch (key) {
            case "footprint" -> text(footprint());
            case "available" -> Long.toString(senses.availableBytes(footprint().orElse(0)));
            case "cpu_ns" -> Long.toString(cpuNanos());
            case "thermal_state" -> Integer.toString(senses.thermalState());
            case "battery_level" -> level(senses.batteryLevel());
            case "plugged" -> senses.plugged() ? "1" : "0";
            case "low_power" -> senses.lowPowerMode() ? "1" : "0";
            default -> "";
        };
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }

    /** {@code UIDevice} says -1 where it does not know. */
    private static String level(double share) {
        return share >= 0 && share <= 1 ? String.format(Locale.ROOT, "%.3f", share) : "";
    }

    synchronized OptionalLong footprint() {
        OptionalLong bytes =
                engine == null ? OptionalLong.empty() : engine.load().footprint();
        peakBytes = Math.max(peakBytes, bytes.orElse(0));
        return bytes;
    }

    /** So far; what an engine took that has ended stays counted. */
    synchronized long cpuNanos() {
        OptionalLong now = engine == null ? OptionalLong.empty() : engine.load().cpuNanos();
        cpuNanos = Math.max(cpuNanos, now.orElse(0));
        return cpuNanos;
    }

    synchronized long peakBytes() {
        return peakBytes;
    }

    /** Lets the phone feel what the app does. */
    void feel() {
        senses.holding(footprint().orElse(0));
        long cpu = cpuNanos();
        double processors;
        synchronized (this) {
            long at = clock.nanos();
            if (at <= toldAt) {
                return;
            }
            processors = (double) (cpu - toldCpu) / (at - toldAt);
            toldAt = at;
            toldCpu = cpu;
        }
        senses.working(processors);
    }

    /** The same when it does nothing any more. */
    void rest() {
        senses.holding(0);
        senses.working(0);
    }
}
