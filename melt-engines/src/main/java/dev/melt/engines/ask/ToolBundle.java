package dev.melt.engines.ask;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Placement;
import dev.melt.core.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A bundle as its processes need it: the program to start, and the variables that let it find its libraries. Immutable. */
public record ToolBundle(Bundle bundle) {
    private static final Pattern LIBRARY = Pattern.compile(".*\\.so(\\.[0-9.]+)?");

    public ToolBundle {
        requireNonNull(bundle, "bundle");
    }

    /** Why none of these files can be used. */
    public Optional<Problem> missing(String... baseNames) {
        return bundle.tool(baseNames).isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "bundle '" + bundle.name() + "' of " + bundle.engine(),
                        String.join(" or ", baseNames) + " expected among its files",
                        "none found",
                        "put it into the bundle's folder and add the bundle again"));
    }

    /** Absolute path on the device of the first of these that is there. */
    public Optional<String> find(Placement placement, String... baseNames) {
        return bundle.tool(baseNames).map(file -> placement.file(file.name()));
    }

    /** The same of a job that was not refused for want of it. */
    public String path(Placement placement, String... baseNames) {
        return find(placement, baseNames).orElseThrow();
    }

    /**
     * A locale without decimal commas, the folders of the bundle's libraries, which a signal processor looks for by a variable
     * of its own, and what the bundle says itself, which wins.
     */
    public Map<String, String> environment(Placement placement) {
        Map<String, String> variables = new TreeMap<>(Map.of("LC_ALL", "C"));
        TreeSet<String> folders = new TreeSet<>();
        bundle.files().stream()
                .map(Bundle.BundleFile::name)
                .filter(name -> LIBRARY.matcher(name).matches())
                .forEach(name -> folders.add(folderOf(placement.file(name))));
        if (!folders.isEmpty()) {
            variables.put("LD_LIBRARY_PATH", String.join(":", folders));
            if (bundle.backend().equals("npu")) {
                variables.put("ADSP_LIBRARY_PATH", String.join(";", folders));
            }
        }
        variables.putAll(bundle.environmentIn(placement.bundle()));
        return variables;
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
