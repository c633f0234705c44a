package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * One build of an engine for one ABI and backend.
 *
 * @param abi such as {@code x86_64-linux-gnu}, or {@code jvm} for one that a Java machine runs
 * @param backend {@code cpu}, {@code gpu} or {@code npu}
 * @param sha256 over names and contents of all files: what tells two builds apart
 * @param files on this host
 */
public record Bundle(String engine, String version, String abi, String backend, String sha256, List<BundleFile> files) {
    public Bundle {
        requireNonNull(engine, "engine");
        requireNonNull(version, "version");
        requireNonNull(abi, "abi");
        requireNonNull(backend, "backend");
        requireNonNull(sha256, "sha256");
        files = List.copyOf(files);
    }

    /** A file of a bundle; {@code name} is what the engine knows it by. */
    public record BundleFile(String name, Path path, String sha256) {}
}
