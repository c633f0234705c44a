package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The mark of a stored file that is whole, {@code NAME.ok}: its size, and when it was made or used last. */
final class StoreMark {
    private final AppFolder folder;
    private final Path file;
    private final Path mark;

    StoreMark(AppFolder folder, Path file) {
        this.folder = folder;
        this.file = file;
        this.mark = beside("ok");
    }

    /** {@code NAME.ENDING}. */
    Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + "." + ending);
    }

    /** Whether the file was found whole and has not changed since. */
    boolean holds() throws IOException {
        if (!Files.isRegularFile(file) || !Files.isRegularFile(mark)) {
            return false;
        }
        String size = Files.readString(mark).lines().findFirst().orElse("");
        return size.equals(Long.toString(Files.size(file)))
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(mark)) <= 0;
    }

    /** Says that it is whole, and used now. */
    void put(Instant now) throws IOException {
        folder.replace(mark, Files.size(file) + "\n" + now.getEpochSecond() + "\n");
    }

    /** Says that it is used now, where it has a mark. */
    void renew(Instant now) throws IOException {
        if (holds()) {
            put(now);
        }
    }
}
