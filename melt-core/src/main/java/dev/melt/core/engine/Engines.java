package dev.melt.core.engine;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Device;
import dev.melt.core.engine.declared.DeclaredEngine;
import dev.melt.core.engine.declared.DeclaredEngines;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The engines that this program can drive: those that have an adapter, and those that a YAML file declares. */
public final class Engines {
    private final List<EngineAdapter> adapters;
    private final Bundles bundles;
    private final Optional<DeclaredEngines> declared;

    private Engines(List<EngineAdapter> adapters, Bundles bundles, Optional<DeclaredEngines> declared) {
        this.adapters = List.copyOf(adapters);
        this.bundles = bundles;
        this.declared = declared;
    }

    public Engines(List<EngineAdapter> adapters, Bundles bundles) {
        this(adapters, bundles, Optional.empty());
    }

    /** Those on the class path, with the bundles that were added. */
    public static Engines installed(Bundles bundles) {
        return new Engines(onTheClassPath(), bundles);
    }

    /** Those on the class path and those that are declared; a declaration is read when its engine is asked for. */
    public static Engines installed(Bundles bundles, ConfigFiles configs) {
        return new Engines(onTheClassPath(), bundles, Optional.of(new DeclaredEngines(configs)));
    }

    private static List<EngineAdapter> onTheClassPath() {
        return ServiceLoader.load(EngineAdapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
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

    /** Every one; reads all declarations. */
    public List<EngineAdapter> all() {
        List<EngineAdapter> all = new ArrayList<>(adapters);
        declared.ifPresent(d -> d.names().forEach(name -> all.add(named(name))));
        return all.stream().distinct().toList();
    }

    /** Names of all, in order, without reading a declaration. */
    public List<String> names() {
        return List.copyOf(new TreeSet<>(Stream.concat(
                        adapters.stream().map(EngineAdapter::name),
                        declared.stream().flatMap(d -> d.names().stream()))
                .toList()));
    }

    /** Where an engine comes from: the file that declares it, or MELT itself. */
    public static String source(EngineAdapter engine) {
        return engine instanceof DeclaredEngine declaredEngine ? declaredEngine.source() : "MELT";
    }

    /** The engine with this name; nearest names are offered where there is none. */
    public EngineAdapter named(String name) {
        Optional<EngineAdapter> adapter =
                adapters.stream().filter(a -> a.name().equals(name)).findFirst();
        Optional<DeclaredEngine> file = declared.flatMap(d -> d.find(name));
        if (adapter.isPresent() && file.isPresent()) {
            throw new InvalidInputException(
                    file.get().source(),
                    "a name of its own needed for an engine",
                    "MELT has an engine " + name,
                    "give the file another name");
        }
        return adapter.or(() -> file).orElseThrow(() -> unknown(name));
    }

    private InvalidInputException unknown(String name) {
        List<String> near = Nearest.of(name, names());
        return new InvalidInputException(
                "engine '" + name + "'",
                "the name of an engine expected",
                "no engine has that name",
                near.isEmpty()
                        ? "the engines are " + String.join(", ", names())
                        : "did you mean " + String.join(" or ", near) + "?");
    }
}
