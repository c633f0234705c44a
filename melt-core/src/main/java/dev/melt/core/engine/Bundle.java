package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One build of an engine for one ABI and backend.
 *
 * @param name what a person calls it after {@code --bundle}
 * @param engine name of the adapter that drives it
 * @param version as the engine writes it: {@code b4748}
 * @param abi such as {@code x86_64-linux}, {@code arm64-v8a}, or {@code jvm} for one that a Java machine runs
 * @param backend {@code cpu}, {@code gpu} or {@code npu}
 * @param sha256 over names and contents of all files: what tells two builds apart
 * @param files on this host
 * @param environment variables that its processes need; {@code {bundle}} stands for its folder on the device
 * @param build how it was built, for people: compiler, flags, commit
 */
public record Bundle(
        String name,
        String engine,
        String version,
        String abi,
        String backend,
        String sha256,
        List<BundleFile> files,
        Map<String, String> environment,
        Map<String, String> build) {
    public Bundle {
        requireNonNull(name, "name");
        requireNonNull(engine, "engine");
        requireNonNull(version, "version");
        requireNonNull(abi, "abi");
        requireNonNull(backend, "backend");
        requireNonNull(sha256, "sha256");
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
        build = Map.copyOf(build);
    }

    /**
     * A file of a bundle.
     *
     * @param name its path within the bundle, with {@code /} between: {@code bin/llama-bench}
     * @param path on this host
     * @param executable whether it is started as a process
     */
    public record BundleFile(String name, Path path, String sha256, boolean executable) {
        /** Its name without folders. */
        public String baseName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /** Its variables, with {@code {bundle}} replaced by the folder in which its files lie. */
    public Map<String, String> environmentIn(String folder) {
        Map<String, String> there = new TreeMap<>();
        environment.forEach((name, value) -> there.put(name, value.replace("{bundle}", folder)));
        return there;
    }

    /** The folder on this host below which its files lie under their names. */
    public Path hostFolder() {
        BundleFile first = files.get(0);
        Path folder = first.path();
        for (int depth = Path.of(first.name()).getNameCount(); depth > 0; depth--) {
            folder = requireNonNull(folder.getParent(), "a file lies in a folder");
        }
        return folder;
    }

    /** The first of these programs that it has, by name without folders. */
    public Optional<BundleFile> tool(String... baseNames) {
        return Arrays.stream(baseNames)
                .flatMap(wanted -> files.stream().filter(f -> f.baseName().equals(wanted)))
                .findFirst();
    }
}
