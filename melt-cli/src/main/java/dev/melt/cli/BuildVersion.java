package dev.melt.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which MELT this is, as the build wrote it down.
 *
 * @param version of the project
 * @param commit abbreviated; {@code unknown} when it was built outside a git checkout
 * @param dirty whether the checkout had changes that no commit has
 */
public record BuildVersion(String version, String commit, boolean dirty) {
    private static final String RESOURCE = "/dev/melt/core/git.properties";

    /** That of the running program. */
    public static BuildVersion ofThisProgram() {
        Properties written = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                written.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("MELT's own " + RESOURCE + " cannot be read", e);
        }
        return new BuildVersion(
                written.getProperty("git.build.version", "unknown"),
                written.getProperty("git.commit.id.abbrev", "unknown"),
                Boolean.parseBoolean(written.getProperty("git.dirty", "false")));
    }

    @Override
    public String toString() {
        return "MELT " + version + " (commit " + commit + (dirty ? ", with uncommitted changes)" : ")");
    }
}
