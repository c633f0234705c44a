package dev.melt.core.report;

import static java.util.Objects.requireNonNull;

import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The files of one report: written under other names, and renamed when all are complete. Closing it removes what was not
 * published. Used by one thread.
 */
final class ReportFiles implements AutoCloseable {
    private final Path directory;
    private final boolean overwrite;
    private final Map<Path, Path> written = new LinkedHashMap<>();

    /**
     * Makes the folder when it is not there.
     *
     * @throws InvalidInputException when the folder cannot be used
     */
    ReportFiles(Path directory, boolean overwrite) {
        this.directory = directory;
        this.overwrite = overwrite;
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InvalidInputException(
                    directory.toString(), "a folder expected", "a file is in its place", "name another folder");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw FileProblems.of(directory, e);
        }
    }

    /** Writes one file; it is not seen under its name yet. */
    void write(String name, Consumer<OutputStream> content) {
        Path target = directory.resolve(name);
        refuseToReplace(target);
        try {
            // not createTempFile: that would make it unreadable for others, and the name would stay so
            Path hidden =
                    directory.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
            written.put(target, hidden);
            try (OutputStream out = Files.newOutputStream(hidden)) {
                content.accept(out);
            }
        } catch (UncheckedIOException e) {
            throw FileProblems.of(target, requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileProblems.of(target, e);
        }
    }

    List<Path> publish() {
        written.keySet().forEach(this::refuseToReplace);
        List<Path> published = new ArrayList<>(written.keySet());
        for (Path target : published) {
            try {
                Files.move(written.get(target), target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw FileProblems.of(target, e);
            }
        }
        written.clear();
        return List.copyOf(published);
    }

    private void refuseToReplace(Path target) {
        if (!overwrite && Files.exists(target)) {
            throw new InvalidInputException(
                    target.toString(),
                    "a new file expected",
                    "it is there already, and was left as it is",
                    "name another folder, or allow it with --overwrite");
        }
    }

    @Override
    public void close() {
        for (Path hidden : written.values()) {
            try {
                Files.deleteIfExists(hidden);
            } catch (IOException e) {
                throw FileProblems.of(hidden, e);
            }
        }
    }
}
