package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where things are on the device.
 *
 * @param model absolute path of the model file
 * @param bundle absolute path of the folder in which the bundle's files lie under their names
 * @param base absolute path of the model that this one is compared with, where there is one
 */
public record Placement(String model, String bundle, Optional<String> base) {
    public Placement {
        requireNonNull(base, "base");
        requireNonNull(model, "model");
        requireNonNull(bundle, "bundle");
    }

    /** Of a model that is compared with no other. */
    public Placement(String model, String bundle) {
        this(model, bundle, Optional.empty());
    }

    /** Absolute path of a file of the bundle. */
    public String file(String name) {
        return bundle + "/" + name;
    }
}
