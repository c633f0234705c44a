package dev.melt.engines.ask;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Placement;
import dev.melt.core.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What an engine's process finds around it: environment, libraries, processor cores, and the files of its bundle. */
public final class Surroundings {
    private static final int USUAL_THREADS = 4;

    private Surroundings() {}

    /**
     * A locale without decimal commas, the bundle's own variables, and a path to its libraries where it does not give one
     * itself; DSP libraries are looked for in the same folders.
     */
    public static Map<String, String> environment(Bundle bundle, Placement placement) {
        Map<String, String> variables = new HashMap<>();
        variables.put("LC_ALL", "C");
        TreeSet<String> folders = new TreeSet<>();
        bundle.files().stream()
                .map(Bundle.BundleFile::name)
                .filter(name -> name.endsWith(".so") || name.contains(".so."))
                .forEach(name -> folders.add(folder(placement.file(name))));
        if (!folders.isEmpty()) {
            variables.put("LD_LIBRARY_PATH", String.join(":", folders));
            if (bundle.backend().equals("npu")) {
                variables.put("ADSP_LIBRARY_PATH", String.join(";", folders));
            }
        }
        bundle.environment().forEach((key, value) -> variables.put(key, value.replace("{bundle}", placement.bundle())));
        return variables;
    }

    /** The threads that engines for phones take where nobody says, or fewer where there are fewer cores. */
    public static String threads(Device device) {
        String cores = device.facts().getOrDefault("cores", "");
        return cores.matches("[1-9][0-9]{0,3}")
                ? Integer.toString(Math.min(USUAL_THREADS, Integer.parseInt(cores)))
                : Integer.toString(USUAL_THREADS);
    }

    /** The first of these files that the bundle has, where it lies on the device. */
    public static Optional<String> file(Bundle bundle, Placement placement, String... baseNames) {
        return bundle.tool(baseNames).map(Bundle.BundleFile::name).map(placement::file);
    }

    /** Why a bundle cannot be used: it has none of these files. */
    public static Optional<Problem> missing(Bundle bundle, String... baseNames) {
        return bundle.tool(baseNames).isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "bundle '" + bundle.name() + "' of " + bundle.engine(),
                        String.join(" or ", baseNames) + " expected among its files",
                        "none found",
                        "put it into the bundle's folder and add the bundle again"));
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
