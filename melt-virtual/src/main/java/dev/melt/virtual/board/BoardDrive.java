package dev.melt.virtual.board;

/**
 * What a board is made to do for a while, all of it from 0 to 1.
 *
 * @param cpuLoad busy share of the processors that are online
 * @param online share of all processors that is online
 * @param cpuClock share of their highest clocks that they are allowed
 * @param cpuFloor the share at which they are held when nothing runs
 * @param gpuLoad busy share of the GPU
 * @param gpuClock as for the processors
 * @param gpuFloor as for the processors
 * @param memoryClock share of the memory's highest clock that is allowed
 * @param fan how fast it turns
 */
record BoardDrive(
        double cpuLoad,
        double online,
        double cpuClock,
        double cpuFloor,
        double gpuLoad,
        double gpuClock,
        double gpuFloor,
        double memoryClock,
        double fan) {}
