package dev.melt.cli.command;

import static java.util.Objects.requireNonNull;

import dev.melt.cli.Session;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a person gave to be read: a file, a folder, or standard input, which is put into a file until this is closed.
 *
 * @param shown how messages call it
 */
record SavedInput(String shown, Path file, boolean temporary) implements AutoCloseable {
    private static final String STANDARD_INPUT = "-";

    /** A stream that does not end must not fill the disk. */
    private static final long LONGEST_STREAM = 1L << 30;

    SavedInput {
        requireNonNull(shown, "shown");
        requireNonNull(file, "file");
    }

    /**
     * Opens what was given.
     *
     * @throws InvalidInputException when there is no such file
     */
    static SavedInput of(Session session, String given) throws IOException {
        if (given.equals(STANDARD_INPUT)) {
            return new SavedInput("standard input", copy(session.in()), true);
        }
        Path file = session.path("FILE", given);
        if (!Files.exists(file)) {
            throw new InvalidInputException(given, "a saved file needed", "there is none", "check the path");
        }
        return new SavedInput(given, file, false);
    }

    private static Path copy(InputStream in) throws IOException {
        Path copy = Files.createTempFile("melt", ".txt");
        long left = LONGEST_STREAM;
        try (OutputStream out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        if (left <= 0) {
            Files.delete(copy);
            throw new InvalidInputException(
                    "standard input", "at most 1 GiB expected", "there is more", "save it to a file and cut it");
        }
        return copy;
    }

    /** A message without the file's own name before it, which a copy of standard input made up. */
    String unprefixed(String message) {
        String prefix = file.getFileName() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(file);
        }
    }
}
