package dev.melt.core.run;

import dev.melt.core.home.Home;
import dev.melt.core.trial.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
        return new Artifact(name, path, sha256(file), Files.size(file));
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
