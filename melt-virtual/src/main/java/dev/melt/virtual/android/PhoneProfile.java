package dev.melt.virtual.android;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.melt.virtual.machine.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is particular to one kind of phone, as data; immutable. Files {@code profiles/NAME.yaml} beside this class hold those that
 * MELT brings.
 *
 * @param about one line for people
 * @param android its release, such as {@code 14}
 * @param sdk its API level
 * @param kernel the release that {@code uname} shows
 * @param shell path of {@code /system/bin/sh}'s program: {@code mksh} or {@code dash}
 * @param features what the daemon says it can do
 * @param without programs of {@code /system/bin} that this release does not have
 * @param properties what {@code getprop} answers beside what all phones have
 * @param memoryBytes of the phone, as {@code /proc/meminfo} shows it
 * @param rails power meters on the board, which only root may read
 * @param charger how root stops it from being charged
 * @param quirks what its system services do otherwise than others: {@code no-fixed-performance}, {@code no-saver-while-plugged}
 * @param files further files, text by absolute path
 * @param denied files and folders that only root may read
 */
public record PhoneProfile(
        String about,
        String android,
        int sdk,
        String kernel,
        String shell,
        List<String> features,
        List<String> without,
        Map<String, String> properties,
        long memoryBytes,
        List<Cluster> clusters,
        Battery battery,
        Thermal thermal,
        Gpu gpu,
        Power power,
        List<Rail> rails,
        Charger charger,
        List<String> quirks,
        Map<String, String> files,
        List<String> denied) {

    public PhoneProfile {
        requireNonNull(about, "about");
        requireNonNull(battery, "battery");
        requireNonNull(thermal, "thermal");
        requireNonNull(gpu, "gpu");
        requireNonNull(power, "power");
        features = List.copyOf(features);
        without = List.copyOf(without);
        properties = Map.copyOf(properties);
        clusters = List.copyOf(clusters);
        rails = List.copyOf(rails);
        requireNonNull(charger, "charger");
        quirks = List.copyOf(quirks);
        files = Map.copyOf(files);
        denied = List.copyOf(denied);
        if (clusters.isEmpty() || memoryBytes <= 0) {
            throw new IllegalArgumentException(about + ": a phone has processors and memory");
        }
    }

    /** Whether the daemon tells streams and exit codes apart. */
    public boolean hasShellV2() {
        return features.contains("shell_v2");
    }

    /** The number of processors. */
    public int processors() {
        return clusters.stream().mapToInt(Cluster::count).sum();
    }

    /**
     * The battery and the gauge on it.
     *
     * @param folder below {@code /sys/class/power_supply}
     * @param perAmpere what {@code current_now} shows for 1 A: 1000000 or 1000
     * @param discharging the sign of {@code current_now} while the battery is being emptied: 1 or -1
     * @param gaugeMillis how often the gauge reads
     * @param counterStep of {@code charge_counter}, in µAh
     * @param vendorDump whether {@code dumpsys battery} has the lines that Samsung adds
     */
    public record Battery(
            String folder,
            double designMilliampHours,
            double fullMilliampHours,
            int cycles,
            double resistanceOhms,
            double perAmpere,
            int discharging,
            int gaugeMillis,
            long counterStep,
            String usbType,
            double usbWatts,
            boolean vendorDump) {
        public Battery {
            if (Math.abs(discharging) != 1 || perAmpere <= 0 || fullMilliampHours <= 0 || gaugeMillis <= 0) {
                throw new IllegalArgumentException(folder + ": sign, unit, capacity or rate of the gauge");
            }
        }
    }

    /**
     * Where it is measured how hot the phone is.
     *
     * @param hal what {@code dumpsys thermalservice} calls the connection; empty where there is no such service
     * @param sensors of the service
     * @param zones of sysfs
     * @param coolingDevices by name, with their kind
     * @param severity skin temperatures in °C at which status 1, 2, ... begins
     */
    public record Thermal(
            Optional<String> hal,
            List<Sensor> sensors,
            List<Zone> zones,
            Map<String, Integer> coolingDevices,
            List<Double> severity) {
        public Thermal {
            sensors = List.copyOf(sensors);
            zones = List.copyOf(zones);
            coolingDevices = Map.copyOf(coolingDevices);
            severity = List.copyOf(severity);
        }
    }

    /** A temperature of the thermal service; {@code kind} is its {@code mType}. */
    public record Sensor(String name, int kind, Site site, double offset) {}

    /** A thermal zone of sysfs; {@code perKelvin} is 1000 for m°C, 10 for tenths, 1 for °C. */
    public record Zone(String type, Site site, double offset, double perKelvin) {}

    /** A place whose temperature the model knows. {@link #NONE} is a sensor that reads its offset and nothing else. */
    public enum Site {
        @JsonProperty("soc")
        SOC,
        @JsonProperty("skin")
        SKIN,
        @JsonProperty("battery")
        BATTERY,
        @JsonProperty("none")
        NONE
    }

    /** The graphics processor: {@code kind} is {@code kgsl} or {@code mali}. */
    public record Gpu(String kind, String model, String folder, long lowestHertz, long highestHertz) {}

    /**
     * What it draws and how it warms.
     *
     * @param skinKelvinPerWatt how much warmer than the room the skin gets for each watt
     * @param skinSeconds the time constant of that
     * @param socKelvinPerWatt how much warmer than the skin the chip gets for each watt of its own
     */
    public record Power(
            double idleWatts,
            double screenWatts,
            double chipWatts,
            double skinKelvinPerWatt,
            double skinSeconds,
            double socKelvinPerWatt) {}

    /** One meter of {@code iio:deviceN}, which sees a share of what the phone draws. */
    public record Rail(int device, int channel, String name, String subsystem, double share) {}

    /**
     * A kernel file that stops charging when something else than {@code normal} is written into it.
     *
     * @param path absolute
     * @param normal what it shows while the battery is charged as usual
     */
    public record Charger(String path, String normal, Effect effect) {
        public Charger {
            requireNonNull(path, "path");
            requireNonNull(normal, "normal");
            requireNonNull(effect, "effect");
        }
    }

    /** What a {@link Charger} does. */
    public enum Effect {
        /** The cable feeds nothing: the phone lives on its battery although it is plugged in (Qualcomm). */
        @JsonProperty("suspend")
        SUSPEND,
        /** The cable feeds the phone, and the battery is left alone (Samsung). */
        @JsonProperty("idle")
        IDLE,
        /** A level in per cent: at it the battery is left alone, above it the cable feeds nothing (Google). */
        @JsonProperty("level")
        LEVEL
    }
}
