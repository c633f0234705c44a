package dev.melt.local;

import dev.melt.core.sysfs.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where {@code /sys} and {@code /proc} lie: below {@code /}, or below a folder that a test or a dry run made.
 *
 * @param root absolute folder
 */
record Sysroot(Path root) implements KernelFiles {
    private static final int LARGEST = 1 << 20;

    private Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    @Override
    public Optional<String> text(String path) {
        try (var in = Files.newInputStream(path(path))) {
            return Optional.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String folder, String form) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.matches(form)) {
                    found.add(folder + "/" + name);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return List.of();
        }
        found.sort(ORDER);
        return found;
    }

    @Override
    public boolean isReadable(String path) {
        return Files.isReadable(path(path));
    }

    @Override
    public String onDevice(String path) {
        return path(path).toString();
    }
}
