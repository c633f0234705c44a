package dev.melt.core.sysfs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Kernel files of another machine, as they were read there at one moment. */
public interface FoundFiles extends KernelFiles {
    /** Path to content; what could not be read is not among them. */
    Map<String, String> files();

    @Override
    default Optional<String> text(String path) {
        return Optional.ofNullable(files().get(path));
    }

    @Override
    default List<String> list(String folder, String form) {
        TreeSet<String> found = new TreeSet<>(ORDER);
        String prefix = folder + "/";
        for (String path : files().keySet()) {
            if (path.startsWith(prefix)) {
                String name = path.substring(prefix.length()).replaceFirst("/.*", "");
                if (name.matches(form)) {
                    found.add(prefix + name);
                }
            }
        }
        return List.copyOf(found);
    }

    @Override
    default boolean isReadable(String path) {
        return files().containsKey(path);
    }

    @Override
    default String onDevice(String path) {
        return path;
    }
}
