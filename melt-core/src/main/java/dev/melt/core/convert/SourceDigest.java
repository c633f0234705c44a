package dev.melt.core.convert;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model is made from, by its content.
 *
 * @param sha256 of a file; of a folder over the names and hashes of its files, hidden ones left out
 */
public record SourceDigest(String sha256, long bytes) {
    private static final int MOST_FILES = 10_000;

    public static SourceDigest of(Path source, ByteProgress progress) {
        try {
            if (Files.isRegularFile(source)) {
                return new SourceDigest(Sha256.of(source, progress), Files.size(source));
            }
            if (!Files.isDirectory(source)) {
                throw new InvalidInputException(
                        source.toString(), "a file or folder with a model expected", "there is none", "check the path");
            }
            return ofFolder(source, progress);
        } catch (IOException e) {
            throw FileProblems.of(source, e);
        }
    }

    private static SourceDigest ofFolder(Path folder, ByteProgress progress) throws IOException {
        StringBuilder text = new StringBuilder("melt-folder 1\n");
        long bytes = 0;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
            text.append(Sha256.of(file, progress))
                    .append(' ')
                    .append(name(folder, file))
                    .append('\n');
        }
        return new SourceDigest(Sha256.of(text.toString()), bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> !("/" + name(folder, file)).contains("/."))
                    .limit(MOST_FILES + 1)
                    .sorted()
                    .toList();
            if (files.isEmpty() || files.size() > MOST_FILES) {
                throw new InvalidInputException(
                        folder.toString(),
                        "1 to " + MOST_FILES + " files expected",
                        files.isEmpty() ? "none found" : "more found",
                        "give the folder of one model");
            }
            return files;
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
