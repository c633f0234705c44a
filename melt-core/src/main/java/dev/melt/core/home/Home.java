package dev.melt.core.home;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder in which MELT keeps everything; it may be shared by several processes. Immutable.
 *
 * <pre>
 * melt.db                  the store
 * runs/RUN/trials/TRIAL/   raw traces, as they came from the device
 * bundles/SHA256/          builds of engines that were added
 * models/                  weights that were pulled or made
 * device/                  work folder of the device "local"
 * tmp/                     whatever may be deleted
 * secret                   key of the pseudonyms in exports, readable by its owner only
 * </pre>
 */
public final class Home {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Path root;

    private Home(Path root) {
        this.root = root;
    }

    /**
     * The home that a person means, made when it is not there.
     *
     * @param asked what {@code --home} says
     * @param environment of which {@code MELT_HOME} is read
     * @param userHome under which {@code .melt} is the default
     * @throws InvalidInputException when it cannot be made or written
     */
    public static Home open(Optional<Path> asked, Map<String, String> environment, Path userHome) {
        Optional<Path> named = Optional.ofNullable(environment.get("MELT_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
        return at(asked.or(() -> named).orElseGet(() -> userHome.resolve(".melt")));
    }

    /** The home in this folder, made when it is not there. */
    public static Home at(Path folder) {
        Home home = new Home(folder.toAbsolutePath().normalize());
        home.prepare();
        return home;
    }

    private void prepare() {
        for (Path folder : List.of(root, runs(), models(), device(), temporary())) {
            makeFolder(folder);
        }
        try {
            Files.delete(Files.writeString(Files.createTempFile(temporary(), "probe", null), "x"));
        } catch (IOException e) {
            throw FileProblems.of(root, e);
        }
    }

    private static void makeFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    folder.toString(),
                    "a folder for MELT's data expected",
                    "a file is in its place",
                    "move the file, or use another folder with --home");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileProblems.of(folder, e);
        }
        if (!FileProblems.isWritable(folder)) {
            throw new InvalidInputException(FileProblems.readOnly(folder));
        }
    }

    public Path root() {
        return root;
    }

    public Path database() {
        return root.resolve("melt.db");
    }

    public Path runs() {
        return root.resolve("runs");
    }

    public Path runFolder(String runId) {
        return runs().resolve(checkId(runId));
    }

    /** Where a trial's raw traces are kept; made by whoever writes the first of them. */
    public Path trialFolder(String runId, String trialId) {
        return runFolder(runId).resolve("trials").resolve(checkId(trialId));
    }

    public Path models() {
        return root.resolve("models");
    }

    /** The work folder of this machine as a device. */
    public Path device() {
        return root.resolve("device");
    }

    public Path temporary() {
        return root.resolve("tmp");
    }

    /** How the store names a file below this home: relative, with forward slashes. */
    public String relative(Path file) {
        Path below = root.relativize(file.toAbsolutePath().normalize());
        if (below.startsWith("..")) {
            throw new IllegalArgumentException(file + " is not below " + root);
        }
        return below.toString().replace('\\', '/');
    }

    /** The file that the store names so. */
    public Path resolve(String relative) {
        Path file = root.resolve(requireNonNull(relative, "relative")).normalize();
        if (!file.startsWith(root)) {
            throw new IllegalArgumentException(relative + " leaves " + root);
        }
        return file;
    }

    /**
     * Refuses work that would fill the disk.
     *
     * @param what is to be written, for the message
     */
    public void requireFree(String what, long bytes) {
        try {
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < bytes) {
                throw new InvalidInputException(
                        what,
                        gigabytes(bytes) + " needed",
                        gigabytes(free) + " free under " + root,
                        "free space, or use another folder with --home");
            }
        } catch (IOException e) {
            throw FileProblems.of(root, e);
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /**
     * Makes this process the only one that carries out a run, until the claim is closed or the process ends.
     *
     * @throws InvalidInputException when another process is at it
     */
    public RunClaim claim(String runId) {
        return RunClaim.take(runId, runFolder(runId).resolve("lock"));
    }

    /** The key of the pseudonyms, drawn on the first use. */
    public byte[] secret() {
        return SecretFile.readOrDraw(root.resolve("secret"));
    }

    private static String checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an id must be letters, digits, _ and -, was " + id);
        }
        return id;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
