package dev.melt.virtual.ios.app;

import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;

/** Finds out whether what was brought is what its name says, once, and marks it or removes it. */
final class Sealing {
    /** In {@code NAME.bad} where there is nothing to hash. */
    static final String MISSING = "missing";

    private final AppFolder folder;
    private final Supplier<Instant> wall;

    Sealing(AppFolder folder, Supplier<Instant> wall) {
        this.folder = folder;
        this.wall = wall;
    }

    void seal(AppJob.Seal job) throws IOException {
        Path file = folder.stored(job);
        folder.gate().pass(() -> Files.createDirectories(folder.root().resolve("store/" + job.sha256())));
        StoreMark mark = new StoreMark(folder, file);
        if (!folder.holds(file) || mark.holds()) {
            return;
        }
        folder.remove(mark.beside("ok"));
        folder.remove(mark.beside("bad"));
        String found = Files.isRegularFile(file) ? Sha256.of(file, this::goOn) : MISSING;
        if (found.equals(job.sha256())) {
            mark.put(wall.get());
        } else {
            folder.remove(file);
            folder.replace(mark.beside("bad"), found + "\n");
        }
    }

    private void goOn(long done, long total) {
        if (folder.gate().isShut()) {
            throw new AppEndedException();
        }
    }
}
