package dev.melt.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the operating system says of a file, in words with a remedy; Java's own messages are often only the path. */
final class FileFault {
    private FileFault() {}

    static String message(FileSystemException fault) {
        String file = fault.getFile() == null ? "a file" : fault.getFile();
        if (fault instanceof AccessDeniedException) {
            return file + ": permission needed, it is denied; change its permissions or use another place";
        } else if (fault instanceof NoSuchFileException) {
            return file + ": a file needed, there is none; check the path";
        } else if (fault instanceof FileAlreadyExistsException) {
            return file + ": a free name needed, it is there already; move it away or use another place";
        }
        String reason = fault.getReason() == null ? fault.getClass().getSimpleName() : fault.getReason();
        return file + ": reading or writing failed, " + reason + "; " + remedy(reason);
    }

    private static String remedy(String reason) {
        return switch (reason) {
            case "No space left on device", "Disk quota exceeded" -> "free space, or use another place with --home";
            case "Read-only file system" -> "use another place with --home";
            default -> "see 'melt doctor'";
        };
    }
}
