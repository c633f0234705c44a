package dev.melt.virtual.board;

import dev.melt.virtual.machine.Lagging;
import java.util.Random;

/**
 * What a board draws and how warm it gets: processors, GPU and memory on one heat sink with a fan. The same steps with the same seed
 * give the same numbers. One thread uses it.
 *
 * <p>What a part draws goes with its load and the square of its clock, and a little is drawn by a clock that is held high while nothing
 * runs. The heat sink follows the board's power with its time constant towards room + watts × K/W; the parts of the chip sit above it.
 * When the hottest of them passes its limit the clocks are capped, which in turn lowers the power.
 */
final class BoardBody {
    private static final double ROOM = 24.0;
    private static final double CHIP_SECONDS = 2;
    private static final double BOARD_SHARE = 0.6;
    private static final double BOARD_SLOWER = 2;
    private static final double WAITING = 0.1;
    private static final double FAN_AT_REST = 1.2;
    private static final double FAN_EFFECT = 0.65;
    private static final double HYSTERESIS = 4;
    private static final double CAP_PER_KELVIN = 0.06;
    private static final double LOWEST_CAP = 0.3;
    private static final double SOC_SHARE = 0.4;

    private final BoardProfile.Power power;
    private final Random noise;
    private final Lagging sink = new Lagging(ROOM + 8);
    private final Lagging cpu = new Lagging(ROOM + 9);
    private final Lagging gpu = new Lagging(ROOM + 9);
    private final Lagging soc = new Lagging(ROOM + 9);
    private final Lagging board = new Lagging(ROOM + 5);
    private boolean throttled;
    private BoardState now;

    BoardBody(BoardProfile.Power power, long seed) {
        this.power = power;
        this.noise = new Random(seed);
        this.now = state(0, 0, 0, 0, 0, power.idleWatts());
    }

    /** Sets all temperatures, as after a while in an oven or in the sun; °C. */
    void warm(double degrees) {
        for (Lagging part : new Lagging[] {sink, cpu, gpu, soc, board}) {
            part.set(degrees);
        }
    }

    /** Lets time pass. */
    void step(double seconds, BoardDrive drive) {
        double cap = cap();
        double cpuPower = drive.online() * part(drive.cpuLoad(), drive.cpuClock(), drive.cpuFloor(), cap);
        double gpuPower = part(drive.gpuLoad(), drive.gpuClock(), drive.gpuFloor(), cap);
        double memoryPower = Math.min(
                drive.memoryClock(),
                Math.max(
                        drive.cpuLoad() * Math.min(cap, drive.cpuClock()),
                        drive.gpuLoad() * Math.min(cap, drive.gpuClock())));
        double watts = (power.idleWatts()
                        + cpuPower * power.cpuWatts()
                        + gpuPower * power.gpuWatts()
                        + memoryPower * power.memoryWatts())
                * (1 + 0.01 * noise.nextGaussian());
        double perWatt = power.sinkKelvinPerWatt() * (FAN_AT_REST - FAN_EFFECT * drive.fan());
        sink.towards(ROOM + watts * perWatt, seconds, power.sinkSeconds());
        double chip = power.chipKelvinPerWatt();
        cpu.towards(sink.value() + cpuPower * power.cpuWatts() * chip + noise(), seconds, CHIP_SECONDS);
        gpu.towards(sink.value() + gpuPower * power.gpuWatts() * chip + noise(), seconds, CHIP_SECONDS);
        double others = cpuPower * power.cpuWatts() + gpuPower * power.gpuWatts();
        soc.towards(sink.value() + others * SOC_SHARE * chip + noise(), seconds, CHIP_SECONDS);
        board.towards(ROOM + (sink.value() - ROOM) * BOARD_SHARE, seconds, power.sinkSeconds() * BOARD_SLOWER);
        double hottest = Math.max(cpu.value(), gpu.value());
        throttled = hottest >= power.throttleDegrees() - (throttled ? HYSTERESIS : 0);
        now = state(drive.cpuLoad(), drive.gpuLoad(), cpuPower, gpuPower, memoryPower, watts);
    }

    BoardState state() {
        return now;
    }

    private static double part(double load, double clock, double floor, double cap) {
        double busy = Math.min(cap, clock);
        double waiting = Math.min(cap, floor);
        return load * busy * busy + (1 - load) * WAITING * waiting * waiting;
    }

    private double noise() {
        return 0.15 * noise.nextGaussian();
    }

    private double cap() {
        double over = Math.max(cpu.value(), gpu.value()) - (power.throttleDegrees() - HYSTERESIS);
        return throttled ? Math.max(LOWEST_CAP, Math.min(1, 1 - CAP_PER_KELVIN * over)) : 1;
    }

    private BoardState state(
            double cpuLoad, double gpuLoad, double cpuPower, double gpuPower, double memoryPower, double watts) {
        return new BoardState(
                cpuLoad,
                gpuLoad,
                cpuPower,
                gpuPower,
                memoryPower,
                watts,
                cpu.value(),
                gpu.value(),
                soc.value(),
                board.value(),
                cap(),
                throttled);
    }
}
