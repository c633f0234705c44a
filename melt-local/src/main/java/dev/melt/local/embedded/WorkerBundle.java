package dev.melt.local.embedded;

import dev.melt.core.engine.Bundle;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worker as one self-contained jar: in the folder that the system property {@code melt.dist} names, or where {@code
 * melt.worker} says. */
final class WorkerBundle {
    static final String JAR = "melt-worker.jar";

    private WorkerBundle() {}

    static Bundle locate() {
        Path jar = Optional.ofNullable(System.getProperty("melt.worker"))
                .or(() -> Optional.ofNullable(System.getProperty("melt.dist")).map(dist -> dist + "/worker/" + JAR))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new InvalidInputException(
                        "engine embedded",
                        "its worker " + JAR + " needed",
                        "not found",
                        "start MELT with ./melt, which builds it"));
        String sha256 = sha256(jar);
        return new Bundle(
                "embedded",
                "embedded",
                "b4916",
                "jvm",
                "cpu",
                sha256,
                List.of(new Bundle.BundleFile(JAR, jar, sha256, false)),
                Map.of(),
                Map.of());
    }

    private static String sha256(Path file) {
        try {
            return Sha256.of(file, ByteProgress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
