package dev.melt.core.run;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.home.Home;
import dev.melt.core.trial.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists and hashes the raw files that a trial left. */
final class ArtifactScan {
    private ArtifactScan() {}

    static List<Artifact> of(Home home, List<Path> folders) {
        List<Artifact> artifacts = new ArrayList<>();
        try {
            for (Path folder : folders) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        artifacts.add(artifact(home, folder, file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artifacts;
    }

    private static Artifact artifact(Home home, Path folder, Path file) throws IOException {
        String name = folder.getFileName() + "/" + file.getFileName();
        String path = home.relative(file);
        return new Artifact(name, path, Sha256.of(file, ByteProgress.NONE), Files.size(file));
    }
}
