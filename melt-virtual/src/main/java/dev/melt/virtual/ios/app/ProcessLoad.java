package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process takes of this machine, by its number here; nothing once it has ended. */
record ProcessLoad(long pid) {
    private static final long CLOCK_TICK_NANOS = 10_000_000;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private Path proc() {
        return Path.of("/proc", Long.toString(pid));
    }

    /** Memory that is its own and could not be read again from a file, which is what iOS counts against an app's limit. */
    OptionalLong footprint() {
        try {
            long kilobytes = 0;
            boolean found = false;
            for (String line : Files.readAllLines(proc().resolve("status"))) {
                if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:") || line.startsWith("VmSwap:")) {
                    kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
                    found = true;
                }
            }
            return found ? OptionalLong.of(kilobytes * 1024) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Processor time of all its threads so far, ended ones too; Linux counts it in steps of 10 ms. */
    OptionalLong cpuNanos() {
        try {
            String line = Files.readString(proc().resolve("stat"));
            String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(words[USER_TICKS]) + Long.parseLong(words[SYSTEM_TICKS]);
            return OptionalLong.of(ticks * CLOCK_TICK_NANOS);
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}
