package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the embedded worker lies, which is the engine inside the simulated app. */
final class WorkerJar {
    private static final String NAME = "melt-worker.jar";

    private WorkerJar() {}

    /**
     * The one that was named, else that of {@code melt.worker}, else the one in the folder {@code melt.dist}.
     *
     * @throws IOException when it is not there
     */
    static Path locate(Optional<Path> named) throws IOException {
        Optional<Path> jar = named.or(() ->
                        Optional.ofNullable(System.getProperty("melt.worker")).map(Path::of))
                .or(() -> Optional.ofNullable(System.getProperty("melt.dist"))
                        .map(dist -> Path.of(dist, "worker", NAME)));
        return jar.filter(Files::isRegularFile)
                .map(Path::toAbsolutePath)
                .orElseThrow(() -> new IOException(
                        NAME + " is not there: the simulated app runs the embedded engine; start MELT with ./melt"));
    }
}
