package dev.melt.core.config;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds and reads configuration files by kind and name: first in the folders of the user, in their order, then among those
 * that ship with MELT. A file of the user therefore replaces a shipped one of the same name. What is read is checked
 * against the schema of its kind; the shipped files are checked by a test of MELT instead, which spares a run the time.
 * Not safe for threads.
 */
public final class ConfigFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String ENDING = ".yaml";

    private final List<Path> folders;
    private final Map<ConfigKind, ConfigSchema> schemas = new EnumMap<>(ConfigKind.class);

    /** @param folders each with sub-folders {@code devices}, {@code models}, …; one that does not exist is passed over */
    public ConfigFiles(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * The usual places: the folder that the user named, else the one in MELT's home; then {@code configs} in the working
     * directory; then what ships.
     */
    public static ConfigFiles inUsualPlaces(Optional<Path> named, Path home, Path workingDirectory) {
        named.filter(folder -> !Files.isDirectory(folder)).ifPresent(folder -> {
            throw new InvalidInputException(
                    folder.toString(), "a folder of configurations needed", "there is none", "check the path");
        });
        return new ConfigFiles(List.of(named.orElse(home.resolve("configs")), workingDirectory.resolve("configs")));
    }

    /** All names of a kind, sorted. */
    public List<String> names(ConfigKind kind) {
        TreeSet<String> names = new TreeSet<>();
        List<String> files = new ArrayList<>(BuiltInConfigs.fileNames(kind));
        folders.forEach(folder -> files.addAll(list(folder.resolve(kind.folder()))));
        for (String file : files) {
            if (file.endsWith(ENDING) && isName(withoutEnding(file))) {
                names.add(withoutEnding(file));
            }
        }
        return List.copyOf(names);
    }

    public boolean has(ConfigKind kind, String name) {
        return isName(name) && (inFolders(kind, name).isPresent() || BuiltInConfigs.has(kind, name + ENDING));
    }

    /** Reads the file of that name and checks it; an unknown name is refused with the nearest ones. */
    public ConfigDocument read(ConfigKind kind, String name) {
        if (!isName(name)) {
            throw unknown(kind, name);
        }
        Optional<Path> file = inFolders(kind, name);
        if (file.isPresent()) {
            return read(kind, file.get());
        }
        String text = BuiltInConfigs.text(kind, name + ENDING).orElseThrow(() -> unknown(kind, name));
        return YamlReader.read(name, BuiltInConfigs.source(kind, name + ENDING), text);
    }

    /** Reads a file wherever it is and checks it. */
    public ConfigDocument read(ConfigKind kind, Path file) {
        String fileName = String.valueOf(file.getFileName());
        String text = ConfigText.of(file);
        ConfigDocument document = YamlReader.read(withoutEnding(fileName), file.toString(), text);
        if (!isShipped(kind, fileName, text)) {
            schemas.computeIfAbsent(kind, ConfigSchema::of).check(document);
        }
        return document;
    }

    /** As in a clone of MELT, where the shipped files are found in the working directory: 100 ms and 20 MB are spared. */
    private static boolean isShipped(ConfigKind kind, String fileName, String text) {
        return isName(fileName)
                && BuiltInConfigs.text(kind, fileName).filter(text::equals).isPresent();
    }

    /** Reads the file of that name into a record whose components are called as the keys are. */
    public <T> T load(ConfigKind kind, String name, Class<T> type) {
        return ConfigBinding.bind(read(kind, name), type);
    }

    /** The same of a file wherever it is. */
    public <T> T load(ConfigKind kind, Path file, Class<T> type) {
        return ConfigBinding.bind(read(kind, file), type);
    }

    /** The complaint that there is no such name, with the nearest ones. */
    public InvalidInputException unknown(ConfigKind kind, String name) {
        List<String> near = Nearest.of(name, names(kind));
        String remedy = near.isEmpty()
                ? "'melt " + kind.folder() + " list' shows all"
                : "did you mean " + String.join(" or ", near) + "?";
        return new InvalidInputException(
                new Problem(kind.noun() + " '" + name + "'", "a known name needed", "there is none such", remedy));
    }

    private Optional<Path> inFolders(ConfigKind kind, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(kind.folder()).resolve(name + ENDING))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<String> list(Path folder) {
        try {
            return BuiltInConfigs.inFolder(folder);
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(
                            folder.toString(), "a readable folder needed", "listing fails", "check its permissions"),
                    e);
        }
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String withoutEnding(String file) {
        return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    }
}
