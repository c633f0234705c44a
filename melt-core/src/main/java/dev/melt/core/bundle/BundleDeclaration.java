package dev.melt.core.bundle;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code bundle.yaml} says. The schema holds the limits of each value.
 *
 * @param files names within the folder; empty for every file of it
 * @param executable those of the files that are programs; empty for those with the executable bit
 * @param expects shared libraries that the device brings
 */
public record BundleDeclaration(
        Optional<String> name,
        String engine,
        String version,
        String abi,
        String backend,
        Optional<List<String>> files,
        Optional<List<String>> executable,
        Optional<List<String>> expects,
        Optional<Map<String, String>> environment,
        Optional<Map<String, String>> build) {
    /** The file that holds it. */
    public static final String FILE = "bundle.yaml";

    public BundleDeclaration {
        requireNonNull(name, "name");
        requireNonNull(engine, "engine");
        requireNonNull(version, "version");
        requireNonNull(abi, "abi");
        requireNonNull(backend, "backend");
        requireNonNull(files, "files");
        requireNonNull(executable, "executable");
        requireNonNull(expects, "expects");
        requireNonNull(environment, "environment");
        requireNonNull(build, "build");
    }

    /** What it is called where it gives itself no name. */
    String effectiveName() {
        return name.orElse(engine + "-" + version + "-" + abi + "-" + backend);
    }
}
