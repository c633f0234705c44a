package dev.melt.core.bundle;

import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a folder that may become a bundle's: plain names, and nothing that leads out of the folder. */
final class BundleFiles {
    /** Each part begins with a letter or digit: no {@code ..}, no hidden file, nothing that a program takes for an option. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_+][A-Za-z0-9._+-]{0,99}(/[A-Za-z0-9_+][A-Za-z0-9._+-]{0,99}){0,15}");

    private static final int MOST = 10_000;
    private static final int DEEPEST = 16;

    private BundleFiles() {}

    static boolean isName(String name) {
        return name.length() <= 200 && NAME.matcher(name).matches();
    }

    /** Names of all files below a folder, {@code bundle.yaml} and hidden ones left out, sorted; links to folders are refused. */
    static List<String> below(Path folder) {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
                    continue;
                }
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (name.equals(BundleDeclaration.FILE) || name.startsWith(".") || name.contains("/.")) {
                    continue;
                }
                if (!isName(name)) {
                    throw fault(folder, name, "a plain name expected (letters, digits, '.', '_', '+', '-')", name);
                }
                names.add(name);
                if (names.size() > MOST) {
                    throw fault(folder, "", "at most " + MOST + " files expected", "more found");
                }
            }
        } catch (IOException e) {
            throw FileProblems.of(folder, e);
        }
        return List.copyOf(names);
    }

    /**
     * Where the content of a file really lies.
     *
     * @throws InvalidInputException when it is missing, is no regular file, or is a link that leads out of the folder
     */
    static Path locate(Path folder, String name) {
        if (!isName(name)) {
            throw fault(folder, name, "a plain name within the folder expected", "'" + name + "' found");
        }
        Path path = folder.resolve(name);
        try {
            if (!Files.exists(path)) {
                throw fault(folder, name, "a file expected", Files.isSymbolicLink(path) ? "a link to nothing" : "none");
            }
            Path real = path.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw fault(folder, name, "a file inside the folder expected", "a link that leads out of it");
            }
            if (!Files.isRegularFile(real)) {
                throw fault(folder, name, "a file expected", "a folder or something else");
            }
            return real;
        } catch (IOException e) {
            throw FileProblems.of(path, e);
        }
    }

    private static InvalidInputException fault(Path folder, String name, String expectation, String finding) {
        return new InvalidInputException(
                "bundle " + folder + (name.isEmpty() ? "" : " file " + name),
                expectation,
                finding,
                "put the file itself into the folder, or name the files that belong to the bundle in "
                        + BundleDeclaration.FILE);
    }
}
