package dev.melt.virtual.board;

/**
 * A board at one moment.
 *
 * @param cpuLoad busy share of the processors that are online
 * @param gpuLoad busy share of the GPU
 * @param cpuPower of what the processors can draw at most, the share that they do
 * @param gpuPower the same of the GPU
 * @param memoryPower the same of the memory
 * @param watts of the whole board
 * @param cpu °C, as are the following
 * @param cap share of the highest clocks that the temperature allows
 * @param throttled whether it allows less than all
 */
record BoardState(
        double cpuLoad,
        double gpuLoad,
        double cpuPower,
        double gpuPower,
        double memoryPower,
        double watts,
        double cpu,
        double gpu,
        double soc,
        double board,
        double cap,
        boolean throttled) {

    double cpuWatts(BoardProfile.Power most) {
        return cpuPower * most.cpuWatts();
    }

    double gpuWatts(BoardProfile.Power most) {
        return gpuPower * most.gpuWatts();
    }

    double memoryWatts(BoardProfile.Power most) {
        return memoryPower * most.memoryWatts();
    }

    double junction() {
        return Math.max(cpu, Math.max(gpu, soc));
    }

    /** Where it can be read. */
    double degrees(BoardProfile.Zone zone) {
        double site = switch (zone.site()) {
            case CPU -> cpu;
            case GPU -> gpu;
            case SOC -> soc;
            case JUNCTION -> junction();
            case BOARD -> board;
            case FIXED, UNREADABLE -> 0;
        };
        return site + zone.offset();
    }
}
