package dev.melt.cli;

import java.util.List;

/**
 * Uses MELT's quick commands once each in one process. The launcher runs this after a build under {@code
 * -XX:ArchiveClassesAtExit}, so that later starts find the classes parsed and verified; what it prints nobody reads.
 */
public final class Rehearsal {
    static final List<List<String>> SCENES = List.of(
            List.of("--help"),
            List.of("--version"),
            List.of("doctor", "--help"),
            List.of("doctor"),
            List.of("devices"),
            List.of("devices", "--json"),
            List.of("models", "list"),
            List.of("models", "show", "tiny", "--json"),
            List.of("workloads", "list"),
            List.of("workloads", "show", "pp64-tg32"),
            List.of("runs"),
            List.of("export", "csv", "none", "-o", "none"),
            List.of("no-such-command"));

    private Rehearsal() {}

    public static void main(String[] args) throws ClassNotFoundException {
        Class.forName("dev.melt.cli.Main");
        for (List<String> scene : SCENES) {
            ProcessStreams.run(scene.toArray(String[]::new));
        }
    }
}
