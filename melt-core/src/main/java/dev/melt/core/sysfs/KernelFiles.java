package dev.melt.core.sysfs;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of a Linux kernel by the paths that its documentation uses. They may vanish or refuse at any moment, so that what
 * cannot be read is empty here and never an exception.
 */
public interface KernelFiles {
    /** People's order: {@code cpu2} before {@code cpu10}. */
    Comparator<String> ORDER =
            Comparator.comparing((String path) -> digits(name(path))).thenComparing(KernelFiles::name);

    /** The whole text of a file. */
    Optional<String> text(String path);

    /** What lies in a folder under a name of this form, as paths, in {@link #ORDER}; empty when there is no such folder. */
    List<String> list(String folder, String form);

    /** Whether the agent on the device could read it now. */
    boolean isReadable(String path);

    /** Where the agent on the device finds the file; another path than given where the tree is an invented one. */
    String onDevice(String path);

    /** The first line, stripped; empty when it has no letters. */
    default Optional<String> line(String path) {
        return text(path)
                .flatMap(text -> text.lines().findFirst())
                .map(String::strip)
                .filter(line -> !line.isEmpty());
    }

    /** The number that the first line is. */
    default OptionalLong number(String path) {
        Optional<String> line = line(path).filter(text -> text.matches("-?[0-9]{1,18}"));
        return line.isPresent() ? OptionalLong.of(Long.parseLong(line.get())) : OptionalLong.empty();
    }

    /** The last part of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The numbers in a name, each made as wide as the others. */
    private static String digits(String name) {
        StringBuilder key = new StringBuilder();
        for (String number : name.replaceAll("[^0-9]+", " ").strip().split(" ", -1)) {
            key.append("0".repeat(Math.max(0, 12 - number.length()))).append(number);
        }
        return key.toString();
    }
}
