package dev.melt.core.trial;

import static java.util.Objects.requireNonNull;

/**
 * A raw file of a trial that is kept, so that every figure can be computed again.
 *
 * @param name plain file name, such as {@code events.jsonl}
 * @param path below {@code MELT_HOME}, with forward slashes
 * @param sha256 lower-case hex
 */
public record Artifact(String name, String path, String sha256, long bytes) {
    public Artifact {
        requireNonNull(name, "name");
        requireNonNull(path, "path");
        requireNonNull(sha256, "sha256");
    }
}
