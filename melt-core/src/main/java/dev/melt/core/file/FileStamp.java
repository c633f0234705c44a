package dev.melt.core.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What changes when a file changes, without reading it.
 *
 * @param inode the file system's own key of the file; empty where it has none
 */
public record FileStamp(long bytes, long modifiedNanos, String inode) {
    public FileStamp {
        requireNonNull(inode, "inode");
    }

    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.fileKey() == null ? "" : attributes.fileKey().toString());
    }
}
