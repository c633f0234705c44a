package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Weights in a file on this host.
 *
 * @param name what a person calls it
 * @param architecture llama.cpp's name of the family
 * @param quantisation its mix of tensor types by name
 * @param bytes size of the file
 * @param sha256 of the whole file; absent only in listings, where nothing is read
 * @param synthetic how it was made up; empty for real weights
 * @param derivation what it was made from on this host; empty when it came from elsewhere or is not known
 */
public record Model(
        String name,
        Path path,
        String architecture,
        long parameters,
        String quantisation,
        long bytes,
        Optional<String> sha256,
        Optional<Synthetic> synthetic,
        Optional<Derivation> derivation) {

    /** From which shape and seed weights were made up. */
    public record Synthetic(String shape, long seed) {
        public Synthetic {
            requireNonNull(shape, "shape");
        }
    }

    public Model {
        requireNonNull(name, "name");
        requireNonNull(path, "path");
        requireNonNull(architecture, "architecture");
        requireNonNull(quantisation, "quantisation");
        requireNonNull(sha256, "sha256");
        requireNonNull(synthetic, "synthetic");
        requireNonNull(derivation, "derivation");
    }

    /** A model of which nothing is known but the file. */
    public Model(
            String name,
            Path path,
            String architecture,
            long parameters,
            String quantisation,
            long bytes,
            Optional<String> sha256,
            Optional<Synthetic> synthetic) {
        this(name, path, architecture, parameters, quantisation, bytes, sha256, synthetic, Optional.empty());
    }

    /** The name as every output shows it: a synthetic model says so. */
    public String label() {
        return synthetic.isPresent() ? name + " (synthetic)" : name;
    }

    /** The digest of a model that was resolved and not only listed. */
    public String digest() {
        return sha256.orElseThrow(() -> new IllegalStateException(name + " was listed, not resolved"));
    }
}
