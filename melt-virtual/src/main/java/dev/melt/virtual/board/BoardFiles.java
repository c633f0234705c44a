package dev.melt.virtual.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A board's state as the texts of its files, by path: what the kernel of such a board would show. One thread uses it. */
final class BoardFiles {
    private static final String THERMAL = "/sys/class/thermal/";

    private final BoardProfile profile;
    private final MeterFiles meters;

    BoardFiles(BoardProfile profile, long seed) {
        this.profile = profile;
        this.meters = new MeterFiles(profile.power(), seed);
    }

    /**
     * All that changes.
     *
     * @param rails what the meters read, by label, in mW, in their order; those without a connection are not among them
     */
    record Live(Map<String, String> files, Map<String, Long> rails) {}

    Live of(BoardState now, double fan) {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, Long> rails = new LinkedHashMap<>();
        profile.tegra().ifPresent(tegra -> {
            for (Tegra.Meter meter : tegra.meters()) {
                rails(meter, now, files, rails);
            }
            files.put(tegra.gpu().control() + "/load", Long.toString(Math.round(now.gpuLoad() * 1000)));
        });
        zones(now, files);
        cooling(now, fan, files);
        return new Live(files, rails);
    }

    private void rails(Tegra.Meter meter, BoardState now, Map<String, String> files, Map<String, Long> rails) {
        long milliamperes = 0;
        for (int i = 0; i < meter.rails().size(); i++) {
            Tegra.Rail rail = meter.rails().get(i);
            MeterFiles.Reading reading = meters.read(rail, now);
            meters.put(meter, i, reading, files);
            milliamperes += reading.milliamperes();
            if (!rail.label().equals("NC")) {
                rails.put(rail.label(), reading.milliwatts());
            }
        }
        meters.putSum(meter, milliamperes, files);
    }

    private void zones(BoardState now, Map<String, String> files) {
        List<BoardProfile.Zone> zones = profile.zones();
        for (int i = 0; i < zones.size(); i++) {
            if (zones.get(i).site() != BoardProfile.Site.UNREADABLE) {
                files.put(
                        THERMAL + "thermal_zone" + i + "/temp", Long.toString(millidegrees(now.degrees(zones.get(i)))));
            }
        }
    }

    /** Sensors of the chip step by 1/32 K. */
    static long millidegrees(double degrees) {
        return (long) (Math.round(degrees * 32) * 31.25);
    }

    private void cooling(BoardState now, double fan, Map<String, String> files) {
        for (int i = 0; i < profile.coolingDevices().size(); i++) {
            String name = profile.coolingDevices().get(i);
            long state = 0;
            if (name.equals("pwm-fan")) {
                state = Math.round(fan * 4);
            } else if (name.endsWith("-throttle-alert")) {
                state = now.throttled() ? 1 : 0;
            }
            files.put(THERMAL + "cooling_device" + i + "/cur_state", Long.toString(state));
        }
    }
}
