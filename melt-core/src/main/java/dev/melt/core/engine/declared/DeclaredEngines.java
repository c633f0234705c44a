package dev.melt.core.engine.declared;

import static java.util.Objects.requireNonNull;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.config.ConfigKind;
import java.util.List;
import java.util.Optional;

/** The engines that YAML files declare. Reads a file only when its engine is asked for. */
public final class DeclaredEngines {
    private final ConfigFiles configs;

    public DeclaredEngines(ConfigFiles configs) {
        this.configs = requireNonNull(configs, "configs");
    }

    public List<String> names() {
        return configs.names(ConfigKind.ENGINES);
    }

    /**
     * The engine with this name.
     *
     * @throws dev.melt.core.problem.InvalidInputException when its file cannot be used
     */
    public Optional<DeclaredEngine> find(String name) {
        return configs.has(ConfigKind.ENGINES, name)
                ? Optional.of(new DeclaredEngine(
                        new EngineDeclarationReader(configs.read(ConfigKind.ENGINES, name)).declaration()))
                : Optional.empty();
    }
}
