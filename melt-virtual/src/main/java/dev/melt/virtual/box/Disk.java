package dev.melt.virtual.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder in memory that holds so many bytes at most. It lies in a mount namespace of its own, so that it needs nobody's leave and
 * outlives the boxes that use it; gone when it is closed. One thread opens and closes it.
 */
final class Disk implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Process keeper;

    /** Makes it over a folder that exists. */
    Disk(Path folder, long bytes, boolean root) throws IOException {
        Path ready = folder.resolve(".melt-disk");
        List<String> line = new ArrayList<>(List.of("/usr/bin/unshare"));
        if (!root) {
            line.add("-r");
        }
        line.addAll(List.of(
                "-m",
                "/bin/sh",
                "-c",
                "mount --make-rprivate / && mount -t tmpfs -o mode=771,size=\"$2\" none \"$1\" && : >\"$3\" && exec cat >/dev/null",
                "disk",
                folder.toString(),
                Long.toString(bytes),
                ready.toString()));
        keeper = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(ready);
    }

    /** Its process, into whose namespaces others go to see the disk. */
    long pid() {
        return keeper.pid();
    }

    /** Where a path of this machine lies as the disk's namespace has it. */
    Path at(Path path) {
        return Path.of("/proc/" + keeper.pid() + "/root" + path);
    }

    @Override
    public void close() {
        keeper.destroyForcibly();
        try {
            keeper.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Path ready) throws IOException {
        long deadline = System.nanoTime() + MOST.toNanos();
        while (System.nanoTime() < deadline && keeper.isAlive()) {
            if (Files.exists(at(ready))) {
                Files.delete(at(ready));
                return;
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new IOException("a disk in memory could not be made over " + ready.getParent());
    }
}
