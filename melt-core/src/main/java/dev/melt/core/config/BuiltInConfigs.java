package dev.melt.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The configurations that ship inside MELT, as class-path resources. */
final class BuiltInConfigs {
    private static final String ROOT = "/dev/melt/configs/";

    private BuiltInConfigs() {}

    /** The text of a file, or empty when none of that name ships. */
    static Optional<String> text(ConfigKind kind, String fileName) {
        try (InputStream in = BuiltInConfigs.class.getResourceAsStream(ROOT + kind.folder() + "/" + fileName)) {
            return in == null ? Optional.empty() : Optional.of(ConfigText.of(source(kind, fileName), in));
        } catch (IOException e) {
            throw new UncheckedIOException("MELT's own " + source(kind, fileName) + " cannot be read", e);
        }
    }

    static boolean has(ConfigKind kind, String fileName) {
        return BuiltInConfigs.class.getResource(ROOT + kind.folder() + "/" + fileName) != null;
    }

    static String source(ConfigKind kind, String fileName) {
        return "built-in " + kind.folder() + "/" + fileName;
    }

    /** Names of all files of a kind. Its schema is the one that must be there, so it tells where the others are. */
    static List<String> fileNames(ConfigKind kind) {
        URL schema = BuiltInConfigs.class.getResource(ROOT + kind.folder() + "/" + ConfigSchema.FILE);
        if (schema == null) {
            return List.of();
        }
        try {
            return schema.openConnection() instanceof JarURLConnection jar
                    ? inJar(jar, (ROOT + kind.folder() + "/").substring(1))
                    : inFolder(Path.of(schema.toURI()).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("MELT's own configurations cannot be listed", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no URI: " + schema, e);
        }
    }

    private static List<String> inJar(JarURLConnection connection, String folder) throws IOException {
        connection.setUseCaches(false);
        try (var jar = connection.getJarFile()) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(folder))
                    .map(name -> name.substring(folder.length()))
                    .toList();
        }
    }

    static List<String> inFolder(@Nullable Path folder) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        }
    }
}
