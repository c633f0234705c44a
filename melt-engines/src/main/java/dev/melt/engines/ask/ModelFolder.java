package dev.melt.engines.ask;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Placement;
import dev.melt.core.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that is a model to engines whose models are no single file. It is the model's own folder, or lies in the bundle
 * where weights are compiled for one build; the bundle then says so with {@code build: {model: NAME}}, for a run must not
 * carry the name of a model that it does not use. Immutable.
 *
 * @param marker the file that every such folder has, such as {@code genai_config.json}
 */
public record ModelFolder(EngineJob job, String marker) {
    public ModelFolder {
        requireNonNull(job, "job");
        requireNonNull(marker, "marker");
    }

    /** Why there is no such folder for the job's model. */
    public Optional<Problem> problem(Device device, String engine) {
        if (ownFolder() || inBundle().isPresent()) {
            return Optional.empty();
        }
        String name = job.model().name();
        return Optional.of(new Problem(
                "[" + device.name() + "] engine " + engine,
                "model " + name + " as a folder with " + marker + " expected",
                job.bundle().tool(marker).isEmpty()
                        ? "a file without it found, and none in bundle "
                                + job.bundle().name()
                        : "a bundle found that holds the model "
                                + job.bundle().build().getOrDefault("model", "of no name"),
                "add a bundle with the model's files in it and 'build: {model: " + name + "}' in its bundle.yaml"));
    }

    /** Absolute path on the device, where {@link #problem} found nothing. */
    public String path(Placement placement) {
        return ownFolder()
                ? placement.model()
                : inBundle().map(file -> folderOf(placement.file(file.name()))).orElse(placement.bundle());
    }

    /** The marker on this host. */
    public Optional<Path> markerPath() {
        return ownFolder()
                ? Optional.of(job.model().path().resolve(marker))
                : inBundle().map(BundleFile::path);
    }

    private boolean ownFolder() {
        return Files.isRegularFile(job.model().path().resolve(marker));
    }

    private Optional<BundleFile> inBundle() {
        boolean named = job.model().name().equals(job.bundle().build().get("model"));
        return named ? job.bundle().tool(marker) : Optional.empty();
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
