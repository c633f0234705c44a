package dev.melt.core.home;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/** What the file system refused, in words that tell the remedy. */
public final class FileProblems {
    private static final Set<PosixFilePermission> WRITE =
            Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private FileProblems() {}

    /** A complaint about a path that could not be read, made or written. */
    public static InvalidInputException of(Path path, IOException failure) {
        return new InvalidInputException(problem(path, failure), failure);
    }

    private static Problem problem(Path path, IOException failure) {
        String reason = reason(failure);
        if (reason.contains("no space left") || reason.contains("quota")) {
            return new Problem(
                    path.toString(), "room to write expected", "the disk is full", "free space, or use another folder");
        }
        if (failure instanceof AccessDeniedException || reason.contains("read-only") || reason.contains("permitted")) {
            return readOnly(path);
        }
        if (failure instanceof NoSuchFileException) {
            return new Problem(path.toString(), "a file or folder expected", "there is none", "check the path");
        }
        return new Problem(
                path.toString(),
                "a usable file or folder expected",
                "the system says: " + reason,
                "check the path and the disk");
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason.toLowerCase(Locale.ROOT);
    }

    static Problem readOnly(Path path) {
        return new Problem(
                path.toString(),
                "a place that can be written expected",
                "it is read-only for this user",
                "make it writable, or use another folder");
    }

    /**
     * Whether a file or folder may be written. One without any write permission is read-only even for an administrator,
     * whom the system would let through: somebody meant it to stay as it is.
     */
    public static boolean isWritable(Path path) {
        try {
            return Files.isWritable(path) && !Collections.disjoint(Files.getPosixFilePermissions(path), WRITE);
        } catch (UnsupportedOperationException e) {
            return Files.isWritable(path);
        } catch (IOException e) {
            return false;
        }
    }
}
