package dev.melt.virtual.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The files of one virtual device as they lie on this machine. Safe for use by several threads. */
public final class MachineTree {
    private final Path top;
    private final Path spare;
    private final OptionalInt owner;
    private final Map<String, String> written = new HashMap<>();

    /**
     * A tree below a folder.
     *
     * @param spare a file on the same disk that is written first and then takes its place
     * @param owner the user to whom files are given; empty where there is one user only
     */
    public MachineTree(Path top, Path spare, OptionalInt owner) {
        this.top = top;
        this.spare = spare;
        this.owner = owner;
    }

    /** Where a path of the device, which begins with {@code /}, lies. */
    public Path at(String path) {
        return top.resolve(path.substring(1));
    }

    /** Makes it, with those above it. */
    public Path folder(String path) throws IOException {
        return Files.createDirectories(at(path));
    }

    /** Puts a text there, whole at once; nothing is done when it is what was put there before. A line feed is added. */
    public synchronized void put(String path, String text) throws IOException {
        if (text.equals(written.put(path, text))) {
            return;
        }
        Path target = at(path);
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
        }
        Files.writeString(spare, text + "\n");
        Files.move(spare, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts it there whatever anybody else has written there since. */
    public synchronized void replace(String path, String text) throws IOException {
        written.remove(path);
        put(path, text);
    }

    /** Whether somebody else has written there since the last {@link #put}; an empty file is being written. */
    public synchronized boolean isForeign(String path) {
        String own = written.getOrDefault(path, "");
        return text(path)
                .filter(found -> !found.isEmpty() && !found.equals(own))
                .isPresent();
    }

    /** All of a file without the line feed at its end, if it is there. */
    public Optional<String> text(String path) {
        try {
            String all = Files.readString(at(path));
            return Optional.of(all.endsWith("\n") ? all.substring(0, all.length() - 1) : all);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** When a file was last written; empty when it is not there. */
    public Optional<FileTime> changed(String path) {
        try {
            return Optional.of(Files.getLastModifiedTime(at(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Puts it there if nothing is. */
    public void putFirst(String path, String text) throws IOException {
        if (!Files.exists(at(path))) {
            put(path, text);
            give(at(path));
        }
    }

    /** Writes over a file that is mounted elsewhere as it is, so that it cannot be replaced; texts must be of one length. */
    public synchronized void overwrite(String path, String text) throws IOException {
        Files.write(
                at(path), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The first line of a file, if it is there. */
    public Optional<String> line(String path) {
        try {
            return Files.readString(at(path)).lines().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The number behind {@code KEY=} in a file, if it is there and is one. */
    public OptionalDouble number(String path, String key) {
        try {
            return Files.readAllLines(at(path)).stream()
                    .filter(line -> line.matches(key + "=[0-9]{1,10}"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(key.length() + 1)))
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** Whether a file was there; it is not after that. */
    public boolean taken(String path) throws IOException {
        try {
            Files.delete(at(path));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A symbolic link, instead of what lies there. */
    public void link(String path, String target) throws IOException {
        Files.createDirectories(at(path).getParent());
        Files.deleteIfExists(at(path));
        Files.createSymbolicLink(at(path), Path.of(target));
    }

    /** Gives a file or folder to the user of the device. */
    public void give(Path file) throws IOException {
        if (owner.isPresent()) {
            Files.setAttribute(file, "unix:uid", owner.getAsInt());
            Files.setAttribute(file, "unix:gid", owner.getAsInt());
        }
    }

    /** Sets the permissions of what is there, such as {@code rwxr-xr-x}. */
    public void mode(String path, String permissions) throws IOException {
        if (Files.exists(at(path))) {
            Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString(permissions));
        }
    }
}
