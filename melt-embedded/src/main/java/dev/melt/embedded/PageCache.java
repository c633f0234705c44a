package dev.melt.embedded;

import dev.melt.embedded.llama.LibC;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** How much of a file the system holds in memory already, by {@code mincore}. */
final class PageCache {
    private static final double COLD_AT_MOST = 0.1;
    private static final double WARM_AT_LEAST = 0.9;

    private PageCache() {}

    /**
     * The share of the file's pages that are in memory; empty where the system does not tell.
     *
     * <p>Linux since 5.2 answers "all" for a file that the caller may not write, so such a file cannot be judged.
     */
    static OptionalDouble residentShare(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || !Files.isWritable(file)) {
            return OptionalDouble.empty();
        }
        int fd = LibC.open((file + "\0").getBytes(StandardCharsets.UTF_8), 0);
        if (fd < 0) {
            return OptionalDouble.empty();
        }
        try {
            return residentShare(fd, size);
        } finally {
            LibC.close(fd);
        }
    }

    private static OptionalDouble residentShare(int fd, long size) {
        long address = LibC.mmap(0, size, LibC.PROT_READ, LibC.MAP_SHARED, fd, 0);
        if (address == LibC.MAP_FAILED) {
            return OptionalDouble.empty();
        }
        try {
            long pageSize = LibC.getpagesize();
            byte[] pages = new byte[Math.toIntExact((size + pageSize - 1) / pageSize)];
            if (LibC.mincore(address, size, pages) != 0) {
                return OptionalDouble.empty();
            }
            long resident = 0;
            for (byte page : pages) {
                resident += page & 1;
            }
            return OptionalDouble.of((double) resident / pages.length);
        } finally {
            LibC.munmap(address, size);
        }
    }

    /** {@code cold}, {@code warm}, or {@code unknown} for a file that is there in part or cannot be judged. */
    static String label(OptionalDouble share) {
        if (share.isEmpty()) {
            return "unknown";
        }
        if (share.getAsDouble() <= COLD_AT_MOST) {
            return "cold";
        }
        return share.getAsDouble() >= WARM_AT_LEAST ? "warm" : "unknown";
    }
}
