package dev.melt.core.bundle;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Bundle;
import dev.melt.core.file.Sha256;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A bundle with what only its own checks need.
 *
 * @param folder on this host, below which its files lie under their names
 * @param expects shared libraries that the device brings
 */
public record DescribedBundle(Bundle bundle, Path folder, List<String> expects) {
    public DescribedBundle {
        requireNonNull(bundle, "bundle");
        requireNonNull(folder, "folder");
        expects = List.copyOf(expects);
    }

    /** The same under another name. */
    public DescribedBundle named(String name) {
        return new DescribedBundle(
                new Bundle(
                        name,
                        bundle.engine(),
                        bundle.version(),
                        bundle.abi(),
                        bundle.backend(),
                        bundle.sha256(),
                        bundle.files(),
                        bundle.environment(),
                        bundle.build()),
                folder,
                expects);
    }

    /**
     * The hash of a bundle: over everything that can change a figure, so not over its name and what is noted of its build.
     */
    static String digest(BundleDeclaration declared, List<Bundle.BundleFile> files) {
        StringBuilder text = new StringBuilder("melt-bundle 1\n")
                .append(String.join("\n", declared.engine(), declared.version(), declared.abi(), declared.backend()))
                .append('\n');
        new TreeMap<>(declared.environment().orElseGet(java.util.Map::of))
                .forEach((name, value) -> text.append("environment ")
                        .append(name)
                        .append('=')
                        .append(value)
                        .append('\n'));
        files.stream()
                .sorted(Comparator.comparing(Bundle.BundleFile::name))
                .forEach(file -> text.append("file ")
                        .append(file.sha256())
                        .append(file.executable() ? " x " : " - ")
                        .append(file.name())
                        .append('\n'));
        return Sha256.of(text.toString());
    }
}
