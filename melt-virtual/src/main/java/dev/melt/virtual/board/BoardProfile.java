package dev.melt.virtual.board;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.melt.virtual.machine.Cluster;
import dev.melt.virtual.machine.Meminfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is particular to one kind of board, as data; immutable. Files {@code profiles/NAME.yaml} beside this class hold those that
 * MELT brings.
 *
 * @param about one line for people
 * @param model what the device tree calls it
 * @param compatible of the device tree, the most particular first
 * @param user who logs in; lives in {@code /home/USER}
 * @param kernel the release that {@code uname} shows
 * @param osRelease the lines of {@code /etc/os-release}
 * @param systemShare of the memory that is taken before anything runs, 0 to 1
 * @param meminfo lines that {@code /proc/meminfo} has beside the usual ones
 * @param tegra what a Jetson has beside other boards
 * @param coolingDevices by name; those that end in {@code -throttle-alert} tell that the board throttles, {@code pwm-fan} is its fan
 * @param fan files that show and set how fast the fan turns, 0 to 255; none where there is no fan
 * @param files further files, text by absolute path
 */
public record BoardProfile(
        String about,
        String model,
        List<String> compatible,
        String user,
        String kernel,
        List<String> osRelease,
        long memoryKilobytes,
        long swapKilobytes,
        double systemShare,
        List<Meminfo.Line> meminfo,
        List<Cluster> clusters,
        Optional<Tegra> tegra,
        List<Zone> zones,
        List<String> coolingDevices,
        List<String> fan,
        Power power,
        Map<String, String> files) {

    public BoardProfile {
        requireNonNull(about, "about");
        requireNonNull(model, "model");
        requireNonNull(user, "user");
        requireNonNull(tegra, "tegra");
        requireNonNull(power, "power");
        compatible = List.copyOf(compatible);
        osRelease = List.copyOf(osRelease);
        meminfo = List.copyOf(meminfo);
        clusters = List.copyOf(clusters);
        zones = List.copyOf(zones);
        coolingDevices = List.copyOf(coolingDevices);
        fan = List.copyOf(fan);
        files = Map.copyOf(files);
        if (clusters.isEmpty() || memoryKilobytes <= 0) {
            throw new IllegalArgumentException(about + ": a board has processors and memory");
        }
    }

    /** The number of processors, online or not. */
    public int processors() {
        return clusters.stream().mapToInt(Cluster::count).sum();
    }

    /**
     * A thermal zone of sysfs.
     *
     * @param offset in K from its site; the temperature itself in °C where the site is {@link Site#FIXED}
     */
    public record Zone(String type, Site site, double offset) {
        public Zone {
            requireNonNull(type, "type");
            requireNonNull(site, "site");
        }
    }

    /** A place whose temperature the model knows, or does not. */
    public enum Site {
        @JsonProperty("cpu")
        CPU,
        @JsonProperty("gpu")
        GPU,
        @JsonProperty("soc")
        SOC,
        /** The hottest of those. */
        @JsonProperty("junction")
        JUNCTION,
        @JsonProperty("board")
        BOARD,
        /** Reads its offset and nothing else. */
        @JsonProperty("fixed")
        FIXED,
        /** A part without power: reading it fails. */
        @JsonProperty("unreadable")
        UNREADABLE
    }

    /**
     * What it draws at most and how it warms.
     *
     * @param idleWatts when nothing runs
     * @param cpuWatts beside that, with all processors busy at their highest clocks
     * @param gpuWatts beside that, with the GPU busy at its highest clock
     * @param memoryWatts beside that, with either of them busy
     * @param sinkKelvinPerWatt how much warmer than the room the heat sink gets for each watt, its fan at rest
     * @param sinkSeconds the time constant of that
     * @param chipKelvinPerWatt how much warmer than the heat sink a part of the chip gets for each watt of its own
     * @param throttleDegrees the temperature of the chip at which clocks are capped
     */
    public record Power(
            double idleWatts,
            double cpuWatts,
            double gpuWatts,
            double memoryWatts,
            double sinkKelvinPerWatt,
            double sinkSeconds,
            double chipKelvinPerWatt,
            double throttleDegrees) {}
}
