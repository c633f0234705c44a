package dev.melt.core.engine;

import dev.melt.core.device.Device;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The engines that this program can drive. */
public final class Engines {
    private final List<EngineAdapter> adapters;
    private final Bundles bundles;

    public Engines(List<EngineAdapter> adapters, Bundles bundles) {
        this.adapters = List.copyOf(adapters);
        this.bundles = bundles;
    }

    /** Those on the class path, with the bundles that were added. */
    public static Engines installed(Bundles bundles) {
        return new Engines(
                ServiceLoader.load(EngineAdapter.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList(),
                bundles);
    }

    /**
     * The build of an engine to use on a device.
     *
     * @param asked name of a bundle or beginning of its hash
     * @throws InvalidInputException when there is none, or more than one to choose from
     */
    public Bundle bundle(EngineAdapter engine, Device device, Optional<String> asked) {
        return engine.bundle(device, asked.map(bundles::asking).orElse(bundles));
    }

    public List<EngineAdapter> all() {
        return adapters;
    }

    /** The engine with this name; nearest names are offered where there is none. */
    public EngineAdapter named(String name) {
        List<String> names = adapters.stream().map(EngineAdapter::name).toList();
        return adapters.stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "engine '" + name + "'",
                        "the name of an engine expected",
                        "no engine has that name",
                        Nearest.of(name, names).isEmpty()
                                ? "the engines are " + String.join(", ", names)
                                : "did you mean " + String.join(" or ", Nearest.of(name, names)) + "?"));
    }
}
