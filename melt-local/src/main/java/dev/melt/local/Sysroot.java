package dev.melt.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where {@code /sys} and {@code /proc} lie: below {@code /}, or below a folder that a test or a dry run made. Kernel files
 * may vanish or refuse at any moment, so that what cannot be read is empty here and never an exception.
 *
 * @param root absolute folder
 */
record Sysroot(Path root) {
    private static final int LARGEST = 1 << 20;

    /** The real path of a file that the kernel's documentation names, such as {@code /proc/stat}. */
    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** The whole text. */
    Optional<String> text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The first line, stripped; empty when it has no letters. */
    Optional<String> line(Path file) {
        return text(file)
                .flatMap(text -> text.lines().findFirst())
                .map(String::strip)
                .filter(line -> !line.isEmpty());
    }

    /** The number that the first line is. */
    OptionalLong number(Path file) {
        Optional<String> line = line(file).filter(text -> text.matches("-?[0-9]{1,18}"));
        return line.isPresent() ? OptionalLong.of(Long.parseLong(line.get())) : OptionalLong.empty();
    }

    /** What lies in a folder under a name of this form, in the order of people: {@code cpu2} before {@code cpu10}. */
    List<Path> list(String absolute, String form) {
        return list(path(absolute), form);
    }

    List<Path> list(Path folder, String form) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (name(entry).matches(form)) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return List.of();
        }
        found.sort(Comparator.comparing((Path entry) -> digits(name(entry))).thenComparing(Sysroot::name));
        return found;
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
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
