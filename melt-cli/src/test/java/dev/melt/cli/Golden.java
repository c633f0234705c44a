package dev.melt.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected outputs, kept whole in {@code src/test/resources/golden}. {@code -Dmelt.golden=write} on a test run writes them
 * anew; the difference then shows in the commit.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("no golden file, run with -Dmelt.golden=write", e);
        }
    }

    /** Gives what is expected, after replacing it when the test run was told to. */
    static String expected(String name, String actual) {
        if ("write".equals(System.getProperty("melt.golden"))) {
            try {
                Files.writeString(FOLDER.resolve(name), actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text(name);
    }
}
