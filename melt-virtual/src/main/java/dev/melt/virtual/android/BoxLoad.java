package dev.melt.virtual.android;

import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How busy the processes in a box are, and how much memory they hold. One thread uses it. */
final class BoxLoad {
    private static final double TICKS_PER_SECOND = 100;
    private static final long PAGE = 4096;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int BORN = 19;
    private static final int RESIDENT_PAGES = 21;

    private final Box box;
    private Map<String, Long> before = new HashMap<>();

    BoxLoad(Box box) {
        this.box = box;
    }

    /**
     * Since the last time.
     *
     * @param cpuSeconds of processes that live
     * @param residentBytes of all of them together, shared pages counted more than once
     */
    record Used(double cpuSeconds, long residentBytes) {}

    Used sinceLast() {
        Map<String, Long> now = new HashMap<>();
        long ticks = 0;
        long pages = 0;
        Optional<Path> processes = box.processes();
        if (processes.isEmpty()) {
            before = now;
            return new Used(0, 0);
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(processes.get(), "[0-9]*")) {
            for (Path folder : folders) {
                Optional<String[]> stat = stat(folder);
                if (stat.isEmpty()) {
                    continue;
                }
                String[] words = stat.get();
                String who = folder.getFileName() + " " + words[BORN];
                long used = Long.parseLong(words[USER_TICKS]) + Long.parseLong(words[SYSTEM_TICKS]);
                now.put(who, used);
                ticks += used - before.getOrDefault(who, 0L);
                pages += Long.parseLong(words[RESIDENT_PAGES]);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // the box is going down: what was counted until now is what there is
        }
        before = now;
        return new Used(ticks / TICKS_PER_SECOND, pages * PAGE);
    }

    /** The words behind the name in parentheses, from the state on; empty when the process has just ended. */
    private static Optional<String[]> stat(Path folder) {
        try {
            String line = Files.readString(folder.resolve("stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
