package dev.melt.virtual.ios.device;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is particular to one kind of iPhone, as data; immutable. Files {@code profiles/NAME.yaml} beside this class hold those that
 * MELT brings.
 *
 * @param about one line for people
 * @param productType such as {@code iPhone15,2}
 * @param hardwareModel such as {@code D73AP}
 * @param hardwarePlatform such as {@code t8120}
 * @param modelNumber that of the first variant sold
 * @param cpuArchitecture {@code arm64} or {@code arm64e}
 * @param chipId as lockdownd tells it, such as 33056; the identifiers of phones begin with it from the A12 on
 * @param udidLength 25 with a dash, or 40 before the A12
 * @param version of iOS that it comes with
 * @param processors all of them
 * @param memoryBytes of the phone
 * @param appBytes what one app may hold before the system ends it
 * @param entitledBytes the same for an app with {@code com.apple.developer.kernel.increased-memory-limit}
 * @param diskBytes as it is sold
 * @param dataBytes of it, what is there for the person's own data
 * @param gauge which entry of the registry tells of the battery
 */
public record IphoneProfile(
        String about,
        String productType,
        String hardwareModel,
        String hardwarePlatform,
        String modelNumber,
        String cpuArchitecture,
        int chipId,
        int boardId,
        int udidLength,
        String version,
        int processors,
        long memoryBytes,
        long appBytes,
        long entitledBytes,
        long diskBytes,
        long dataBytes,
        Gauge gauge,
        Battery battery,
        Heat heat) {

    public IphoneProfile {
        requireNonNull(about, "about");
        requireNonNull(productType, "productType");
        requireNonNull(version, "version");
        requireNonNull(gauge, "gauge");
        requireNonNull(battery, "battery");
        requireNonNull(heat, "heat");
        if (processors <= 0 || memoryBytes <= 0 || appBytes <= 0 || entitledBytes < appBytes || dataBytes > diskBytes) {
            throw new IllegalArgumentException(about + ": processors, memory or disk");
        }
        if (udidLength != 25 && udidLength != 40) {
            throw new IllegalArgumentException(about + ": an identifier has 25 or 40 characters, not " + udidLength);
        }
    }

    /** Where the battery stands in the registry. */
    public enum Gauge {
        /** {@code AppleSmartBattery}, from the iPhone 8 on. */
        @JsonProperty("smart")
        SMART,
        /** {@code AppleARMPMUCharger}, before it. */
        @JsonProperty("pmu")
        PMU
    }

    /**
     * The battery.
     *
     * @param usbWatts what a computer's port gives
     */
    public record Battery(
            double designMilliampHours, double fullMilliampHours, int cycles, double resistanceOhms, double usbWatts) {}

    /**
     * What it draws and how it warms.
     *
     * @param chipWatts with all processors busy
     * @param kelvinPerWatt how much warmer than the room the case gets for each watt
     * @param seconds the time constant of that
     * @param severity °C of the case at which the states fair, serious and critical begin
     */
    public record Heat(
            double idleWatts,
            double screenWatts,
            double chipWatts,
            double kelvinPerWatt,
            double seconds,
            List<Double> severity) {
        public Heat {
            severity = List.copyOf(severity);
        }
    }
}
