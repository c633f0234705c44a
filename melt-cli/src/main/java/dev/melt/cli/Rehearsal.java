package dev.melt.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Uses MELT's quick commands once each in one process, with nobody listening. The launcher runs this after a build under
 * {@code -XX:ArchiveClassesAtExit}, so that later starts find the classes parsed and verified.
 */
public final class Rehearsal {
    static final List<List<String>> SCENES = List.of(
            List.of("--help"),
            List.of("--version"),
            List.of("doctor", "--help"),
            List.of("doctor"),
            List.of("devices"),
            List.of("devices", "--json"),
            List.of("no-such-command"));

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        Path home = Files.createTempDirectory("melt-rehearsal");
        try {
            Map<String, String> environment = Map.of("MELT_HOME", home.toString(), "PATH", "/usr/bin:/bin");
            PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            for (List<String> scene : SCENES) {
                Cli.run(scene.toArray(String[]::new), InputStream.nullInputStream(), nobody, nobody, environment);
            }
        } finally {
            try (Stream<Path> left = Files.walk(home)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
