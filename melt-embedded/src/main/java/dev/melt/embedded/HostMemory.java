package dev.melt.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses what cannot fit before it is allocated: Linux grants more memory than it has, and ends the process that uses
 * it without a word.
 */
final class HostMemory {
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    private HostMemory() {}

    static void require(String what, long bytes) {
        OptionalLong available = available();
        if (available.isPresent() && bytes > available.getAsLong()) {
            throw new WorkerException(
                    ErrorKind.OUT_OF_MEMORY,
                    what + ": " + mebibytes(bytes) + " needed, " + mebibytes(available.getAsLong()) + " available");
        }
    }

    private static OptionalLong available() {
        try {
            Matcher line = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static String mebibytes(long bytes) {
        return bytes / (1024 * 1024) + " MiB";
    }
}
