package dev.melt.virtual.board;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.melt.virtual.machine.ClockDomain;
import java.util.List;

/**
 * What a Jetson has beside other Linux boards; immutable.
 *
 * @param release the line of {@code /etc/nv_tegra_release}
 * @param generation of Jetson Linux, after which its tools speak
 * @param idleStates of each processor
 * @param cpuParameter what nvpmodel calls the clock of a cluster; {@code %d} is the cluster
 * @param cpuLeastKilohertz what every power mode sets as the lowest clock
 * @param meters the INA3221 chips, whose rails stand on the board's supply
 */
public record Tegra(
        String release,
        String soc,
        Generation generation,
        String machine,
        List<String> idleStates,
        String cpuParameter,
        long cpuLeastKilohertz,
        Gpu gpu,
        Emc emc,
        List<Meter> meters,
        List<PowerMode> modes,
        int defaultMode) {

    public Tegra {
        requireNonNull(release, "release");
        requireNonNull(generation, "generation");
        requireNonNull(gpu, "gpu");
        requireNonNull(emc, "emc");
        idleStates = List.copyOf(idleStates);
        meters = List.copyOf(meters);
        modes = List.copyOf(modes);
        if (modes.stream().noneMatch(mode -> mode.id() == defaultMode)) {
            throw new IllegalArgumentException("the default power mode " + defaultMode + " is none of its modes");
        }
    }

    /** A release family of Jetson Linux. */
    public enum Generation {
        /** JetPack 4. */
        @JsonProperty("r32")
        R32,
        /** JetPack 5. */
        @JsonProperty("r35")
        R35,
        /** JetPack 6. */
        @JsonProperty("r36")
        R36,
        /** JetPack 7. */
        @JsonProperty("r38")
        R38
    }

    /**
     * The graphics processor.
     *
     * @param devfreq the folder of its clock
     * @param control the folder with {@code load}, {@code tpc_pg_mask} and {@code power/control}
     * @param parts that have a clock each, all of them the same
     * @param hertz its clocks from low to high
     */
    public record Gpu(String devfreq, String control, String governor, int parts, List<Long> hertz) {
        public Gpu {
            hertz = List.copyOf(hertz);
        }

        /** Its clock, as the kernel shows it. */
        public ClockDomain clock() {
            return new ClockDomain(devfreq + "/", hertz, List.of(governor, "performance", "powersave", "userspace"));
        }

        /** What the kernel calls its clock. */
        public String name() {
            String[] folders = devfreq.replace("/devfreq_dev", "").split("/", -1);
            return folders[folders.length - 1];
        }
    }

    /**
     * The memory's clock.
     *
     * @param cap the file with which nvpmodel limits it; 0 is no limit
     * @param debug the folder with {@code rate}, which only root reads
     */
    public record Emc(String cap, String debug, List<Long> hertz) {
        public Emc {
            hertz = List.copyOf(hertz);
        }
    }

    /**
     * One INA3221.
     *
     * @param driver {@code ina3221}, whose files lie below {@code hwmon}, or {@code ina3221x} of JetPack 4 with {@code iio}
     * @param address on its bus, such as {@code 1-0040}
     * @param index of its {@code hwmonN} or {@code iio:deviceN}
     * @param rails one to three, by channel
     */
    public record Meter(String driver, String address, int index, List<Rail> rails) {
        public Meter {
            rails = List.copyOf(rails);
            if (rails.isEmpty() || rails.size() > 3) {
                throw new IllegalArgumentException(address + ": an INA3221 has three channels");
            }
        }

        /** Whether its files are those of JetPack 4. */
        public boolean isIio() {
            return driver.equals("ina3221x");
        }

        /** The folder of its files. */
        public String folder() {
            return "/sys/bus/i2c/drivers/" + driver + "/" + address
                    + (isIio() ? "/iio:device" + index : "/hwmon/hwmon" + index);
        }
    }

    /**
     * One rail: what it carries when nothing runs, and its shares of what processors, GPU and memory draw beside that.
     *
     * @param label {@code NC} where nothing is connected
     */
    public record Rail(String label, int millivolts, double idleWatts, double cpu, double gpu, double memory) {
        double watts(BoardState now, BoardProfile.Power most) {
            return idleWatts + cpu * now.cpuWatts(most) + gpu * now.gpuWatts(most) + memory * now.memoryWatts(most);
        }
    }

    /**
     * A power mode of nvpmodel.
     *
     * @param online how many processors, from 0 on
     * @param cpuKilohertz the highest clock; -1 is no limit, as for the other two
     * @param powerGating which parts of the GPU are off: another value takes a reboot
     */
    public record PowerMode(
            int id, String name, int online, long cpuKilohertz, long gpuHertz, long emcHertz, int powerGating) {
        public PowerMode {
            requireNonNull(name, "name");
            if (online < 1) {
                throw new IllegalArgumentException(name + ": one processor at the least is online");
            }
        }
    }
}
