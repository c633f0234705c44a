package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Where things are on the device.
 *
 * @param model absolute path of the model file
 * @param bundle absolute path of each file of the bundle, by its name
 */
public record Placement(String model, Map<String, String> bundle) {
    public Placement {
        requireNonNull(model, "model");
        bundle = Map.copyOf(bundle);
    }
}
