package dev.melt.engines.process;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Placement;
import dev.melt.core.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A bundle as its processes need it: the program to start, and the variables that let it find its libraries. Immutable. */
public record ToolBundle(Bundle bundle) {
    public ToolBundle {
        requireNonNull(bundle, "bundle");
    }

    /** Why none of these programs can be started. */
    public Optional<Problem> problem(Device device, String... tools) {
        return bundle.tool(tools).isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "[" + device.name() + "] bundle " + bundle.name(),
                        String.join(" or ", tools) + " expected",
                        "no such file found",
                        "put it and its libraries into the bundle"));
    }

    /** Absolute path on the device of the first of these that is there. */
    public String path(Placement placement, String... tools) {
        return bundle.tool(tools).map(file -> placement.file(file.name())).orElse(tools[0]);
    }

    /**
     * A plain locale, the folders of its shared libraries, and what the bundle says itself, which goes before.
     *
     * @param libraryVariables that are to hold the library folders
     */
    public Map<String, String> environment(Placement placement, String... libraryVariables) {
        Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "C"));
        String libraries = bundle.files().stream()
                .map(Bundle.BundleFile::name)
                .filter(name -> name.matches(".*\\.so(\\.[0-9.]+)?|.*\\.dylib"))
                .map(placement::file)
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .distinct()
                .sorted()
                .collect(Collectors.joining(":"));
        for (String variable : libraryVariables) {
            environment.put(variable, libraries.isEmpty() ? placement.bundle() : libraries);
        }
        bundle.environment()
                .forEach((key, value) -> environment.put(key, value.replace("{bundle}", placement.bundle())));
        return environment;
    }
}
