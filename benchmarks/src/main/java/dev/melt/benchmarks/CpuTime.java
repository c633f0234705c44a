package dev.melt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of processes, as Linux counts it. */
final class CpuTime {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 11;

    private CpuTime() {}

    /**
     * Seconds of a process and of its children that have ended, in user mode and in the kernel.
     *
     * @param folder of the process below {@code /proc}
     */
    static double withChildren(Path folder) throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = USER; i < USER + 4; i++) {
            ticks += Long.parseLong(words[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Its words with blanks between them; empty when it has just ended. */
    static String commandLine(Path folder) {
        try {
            return Files.readString(folder.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
