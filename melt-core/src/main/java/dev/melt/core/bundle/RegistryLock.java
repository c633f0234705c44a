package dev.melt.core.bundle;

import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one process at a time change the store of bundles; the system frees it when that process ends. */
final class RegistryLock {
    private RegistryLock() {}

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work, or refuses when somebody else is at it. */
    static <T> T holding(Path root, Work<T> work) {
        try {
            Files.createDirectories(root);
            try (FileChannel channel =
                    FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (!locked(channel)) {
                    throw new InvalidInputException(
                            root.toString(),
                            "a store that nobody else changes expected",
                            "another MELT is at it",
                            "wait until it is done");
                }
                return work.run();
            }
        } catch (IOException e) {
            throw FileProblems.of(root, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
