package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

/**
 * Where things are on the device.
 *
 * @param model absolute path of the model file
 * @param bundle absolute path of the folder in which the bundle's files lie under their names
 */
public record Placement(String model, String bundle) {
    public Placement {
        requireNonNull(model, "model");
        requireNonNull(bundle, "bundle");
    }

    /** Absolute path of a file of the bundle. */
    public String file(String name) {
        return bundle + "/" + name;
    }
}
