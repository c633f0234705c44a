package dev.melt.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which process holds a database; Linux tells, others do not. */
final class LockOwner {
    private static final Path LOCKS = Path.of("/proc/locks");

    private LockOwner() {}

    /** In words: {@code pid 4711, /usr/bin/sqlite3}. */
    static String of(Path database) {
        return pid(database).map(LockOwner::describe).orElse("pid unknown");
    }

    private static String describe(long pid) {
        return "pid " + pid
                + ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .map(command -> ", " + command)
                        .orElse("");
    }

    private static Optional<Long> pid(Path database) {
        try {
            Set<String> inodes = new HashSet<>();
            for (String suffix : List.of("", "-shm", "-wal")) {
                Path file = database.resolveSibling(database.getFileName() + suffix);
                if (Files.exists(file)) {
                    inodes.add(Files.getAttribute(file, "unix:ino").toString());
                }
            }
            return Files.readAllLines(LOCKS).stream()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(parts -> parts.length >= 6 && parts[3].equals("WRITE"))
                    .filter(parts -> inodes.contains(parts[5].substring(parts[5].lastIndexOf(':') + 1)))
                    .map(parts -> Long.parseLong(parts[4]))
                    .filter(pid -> pid > 0)
                    .findFirst();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // a nicety of one message: a system without these files gets the message without the number
            return Optional.empty();
        }
    }
}
