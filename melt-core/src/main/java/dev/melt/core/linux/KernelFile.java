package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small file of the kernel and what stood in it, as {@code grep . PATHS} prints it: {@code PATH:VALUE}.
 *
 * @param folder its path; empty where only the name is given
 */
public record KernelFile(String folder, String name, String value) {
    private static final Pattern LINE = Pattern.compile("(?:(\\S*)/)?([A-Za-z_][\\w-]*+)(?:\\s*+[:=]\\s*+|\\s++)(.*)");
    private static final Pattern HEADING = Pattern.compile("==> (\\S+) <==\\s*");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    public KernelFile {
        requireNonNull(folder, "folder");
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /** The file that a line is about. Folders of the kernel have colons in their names, files have none. */
    public static Optional<KernelFile> of(String line) {
        Matcher file = LINE.matcher(line.strip());
        if (!file.matches()) {
            return Optional.empty();
        }
        String folder = file.group(1) == null ? "" : file.group(1);
        return Optional.of(new KernelFile(folder, file.group(2), file.group(3)));
    }

    /** The same lines in one form: what {@code head} and {@code tail} print below {@code ==> PATH <==} stands behind its path. */
    public static List<String> inOneForm(List<String> lines) {
        List<String> joined = new ArrayList<>();
        Optional<String> path = Optional.empty();
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                path = Optional.of(heading.group(1));
            } else if (path.isPresent() && !line.isBlank()) {
                joined.add(path.get() + ":" + line);
                path = Optional.empty();
            } else {
                joined.add(line);
            }
        }
        return joined;
    }

    /** The last part of the folder's path. */
    public String leaf() {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** The value, where it is a whole number. */
    public OptionalLong number() {
        return WHOLE.matcher(value).matches() ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }
}
