package dev.melt.virtual.ios.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * How much room is left for data. It is counted, not enforced: who writes over the cable asks first, an app is not held. Its state is
 * guarded by this object.
 */
public final class IphoneDisk {
    private static final long FRESH_NANOS = 100_000_000;
    private static final double FREE_SHARE = 0.47;

    private final Path data;
    private final IphoneProfile profile;
    private final OptionalLong limit;
    private long filled;
    private long used;
    private long usedAtNanos;
    private boolean counted;

    /**
     * A disk of which {@code data} is a part.
     *
     * @param limit room for what is put there; empty: what a phone in use has
     */
    IphoneDisk(Path data, IphoneProfile profile, OptionalLong limit) {
        this.data = data;
        this.profile = profile;
        this.limit = limit;
    }

    /** What the disk holds, in bytes. */
    public long total() {
        return profile.diskBytes();
    }

    /** What is there for data, in bytes. */
    public long data() {
        return profile.dataBytes();
    }

    /** What is left, in bytes. */
    public synchronized long free() {
        long room = limit.orElse(Math.round(profile.dataBytes() * FREE_SHARE)) - filled;
        long left = Math.max(0, room - used());
        return limit.isPresent() ? left : Math.min(left, data.toFile().getUsableSpace());
    }

    /** Whether so many bytes more fit; when they do, they are taken for written. */
    public synchronized boolean take(long bytes) {
        if (bytes <= 0) {
            return true;
        }
        if (bytes > free()) {
            return false;
        }
        used += bytes;
        return true;
    }

    /** Leaves so much room, as if something else had filled the disk. */
    public synchronized void fill(long bytesLeft) {
        filled = 0;
        filled = Math.max(0, free() - bytesLeft);
    }

    /** Takes away what {@link #fill} put there. */
    public synchronized void clear() {
        filled = 0;
    }

    private long used() {
        long now = System.nanoTime();
        if (!counted || now - usedAtNanos > FRESH_NANOS) {
            used = count();
            usedAtNanos = now;
            counted = true;
        }
        return used;
    }

    private long count() {
        long[] sum = {0};
        try {
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path folder, @org.jspecify.annotations.Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum[0];
    }
}
