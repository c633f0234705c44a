package dev.melt.core.engine;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.List;
import java.util.ServiceLoader;

/** The engines that this program can drive. */
public final class Engines {
    private final List<EngineAdapter> adapters;

    public Engines(List<EngineAdapter> adapters) {
        this.adapters = List.copyOf(adapters);
    }

    /** Those on the class path. */
    public static Engines installed() {
        return new Engines(ServiceLoader.load(EngineAdapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
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
