package dev.melt.virtual.board;

import java.util.Map;
import java.util.Random;

/**
 * What the INA3221 chips of a Jetson show. A current is a multiple of 8 mA and a voltage of 8 mV; shunts are of 5 mΩ and their
 * voltages in µV. One thread uses it.
 */
final class MeterFiles {
    private static final int STEP = 8;
    private static final int SHUNT = 5;
    private static final int UNUSED_MAX = 32_760;

    private final BoardProfile.Power power;
    private final Random noise;

    MeterFiles(BoardProfile.Power power, long seed) {
        this.power = power;
        this.noise = new Random(seed);
    }

    /** What a rail carries, as its meter sees it. */
    record Reading(long millivolts, long milliamperes) {
        long milliwatts() {
            return millivolts * milliamperes / 1000;
        }
    }

    Reading read(Tegra.Rail rail, BoardState now) {
        if (rail.millivolts() == 0) {
            return new Reading(0, 0);
        }
        long millivolts = stepped(rail.millivolts() + 4 * noise.nextGaussian());
        double watts = rail.watts(now, power) * (1 + 0.008 * noise.nextGaussian());
        return new Reading(millivolts, stepped(watts * 1e6 / millivolts));
    }

    /** Puts the files of a rail, whose channel counts from 0. */
    void put(Tegra.Meter meter, int channel, Reading reading, Map<String, String> files) {
        String label = meter.rails().get(channel).label();
        if (meter.isIio()) {
            files.put(meter.folder() + "/rail_name_" + channel, label);
            files.put(meter.folder() + "/in_voltage" + channel + "_input", Long.toString(reading.millivolts()));
            files.put(meter.folder() + "/in_current" + channel + "_input", Long.toString(reading.milliamperes()));
            files.put(meter.folder() + "/in_power" + channel + "_input", Long.toString(reading.milliwatts()));
            return;
        }
        int number = channel + 1;
        files.put(meter.folder() + "/in" + number + "_label", label);
        files.put(meter.folder() + "/in" + number + "_input", Long.toString(reading.millivolts()));
        files.put(meter.folder() + "/curr" + number + "_input", Long.toString(reading.milliamperes()));
        files.put(meter.folder() + "/curr" + number + "_max", Integer.toString(UNUSED_MAX));
        files.put(meter.folder() + "/curr" + number + "_crit", Integer.toString(UNUSED_MAX));
        files.put(meter.folder() + "/in" + (number + 3) + "_input", Long.toString(reading.milliamperes() * SHUNT));
    }

    /** Puts the sums over a chip's channels, which the older driver does not have. */
    void putSum(Tegra.Meter meter, long milliamperes, Map<String, String> files) {
        if (!meter.isIio()) {
            files.put(meter.folder() + "/in7_label", "sum of shunt voltages");
            files.put(meter.folder() + "/in7_input", Long.toString(milliamperes * SHUNT));
            files.put(meter.folder() + "/curr4_input", Long.toString(milliamperes));
        }
    }

    private static long stepped(double value) {
        return Math.max(0, Math.round(value / STEP) * STEP);
    }
}
