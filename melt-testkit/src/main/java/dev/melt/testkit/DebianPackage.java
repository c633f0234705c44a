package dev.melt.testkit;

import java.io.File;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that a test needs and a machine may lack. A test without its program is skipped, and says which package to
 * install; where {@code MELT_NO_SKIP=true} is set, as environment variable or system property, it fails instead.
 */
public final class DebianPackage {
    private DebianPackage() {}

    /** Needs the program that has the package's own name. */
    public static void require(String name) {
        require(name, name);
    }

    /**
     * Needs a program.
     *
     * @param name of the Debian package that brings it
     * @param program found on {@code PATH}
     */
    public static void require(String name, String program) {
        if (isInstalled(program)) {
            return;
        }
        String message = program + " is missing: install the Debian package " + name;
        if (mayNotSkip()) {
            Assertions.fail(message);
        }
        Assumptions.abort(message);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    private static boolean mayNotSkip() {
        return Boolean.parseBoolean(System.getenv().getOrDefault("MELT_NO_SKIP", "false"))
                || Boolean.getBoolean("MELT_NO_SKIP");
    }
}
