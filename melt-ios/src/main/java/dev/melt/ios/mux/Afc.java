package dev.melt.ios.mux;

import com.dd.plist.NSDictionary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of one app on a phone, by Apple's file service (AFC) behind house arrest. Paths begin with {@code /Documents}. Used by one
 * thread. Every call ends by a deadline; a refusal is an {@link AfcException}.
 */
public final class Afc implements AutoCloseable {
    private static final String HOUSE_ARREST = "com.apple.mobile.house_arrest";
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** What one question carries: phones take a megabyte well, and lose little time between two. */
    private static final int PIECE = 1 << 20;

    /** What is said when reports are in their folder: {@code ping}. */
    private static final int PING = 4;

    private static final int READ_FOLDER = 3;
    private static final int REMOVE = 8;
    private static final int MAKE_FOLDER = 9;
    private static final int FILE_INFO = 10;
    private static final int DEVICE_INFO = 11;
    private static final int RENAME = 24;
    private static final int REMOVE_ALL = 34;

    private final MuxSocket socket;
    private final AfcWire wire;

    private Afc(MuxSocket socket) {
        this.socket = socket;
        this.wire = new AfcWire(socket, ANSWER);
    }

    /**
     * Opens an app's {@code Documents}.
     *
     * @throws LockdownException when the app is not there, or does not share its files
     */
    public static Afc documents(Lockdown lockdown, String label, String bundle) {
        MuxSocket socket = lockdown.service(HOUSE_ARREST);
        NSDictionary request = new NSDictionary();
        request.put("Command", "VendDocuments");
        request.put("Identifier", bundle);
        try {
            NSDictionary answer = socket.talk("house arrest", ANSWER, (in, out) -> {
                Plists.send(out, request);
                return Plists.receive(in);
            });
            if (!Plists.text(answer, "Status").orElse("").equals("Complete")) {
                throw new LockdownException(
                        "[" + label + "] files of " + bundle,
                        Plists.text(answer, "Error").orElse("refused"));
            }
            return new Afc(socket);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Opens the folder of the reports that the phone has written of deaths of its processes.
     *
     * @throws LockdownException when the phone will not have it
     */
    public static Afc reports(Lockdown lockdown, String label) {
        try (MuxSocket mover = lockdown.service("com.apple.crashreportmover")) {
            mover.talk("collect reports", ANSWER, (in, out) -> in.readNBytes(PING)); // when all are in their folder
        }
        return new Afc(lockdown.service("com.apple.crashreportcopymobile"));
    }

    /**
     * What a path is.
     *
     * @param modifiedNanos since 1970
     */
    public record Info(long bytes, boolean folder, long modifiedNanos) {}

    /** Names in a folder; none where there is no such folder. */
    public List<String> list(String folder) {
        try {
            List<String> names =
                    new ArrayList<>(words(wire.ask("list " + folder, READ_FOLDER, AfcWire.path(folder), AfcWire.DATA)));
            names.removeAll(List.of(".", "..", ""));
            return names;
        } catch (AfcException e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    /** Empty when there is no such path. */
    public Optional<Info> info(String path) {
        try {
            Map<String, String> facts = pairs(wire.ask("look at " + path, FILE_INFO, AfcWire.path(path), AfcWire.DATA));
            return Optional.of(new Info(
                    number(facts, "st_size").orElse(0),
                    facts.getOrDefault("st_ifmt", "").equals("S_IFDIR"),
                    number(facts, "st_mtime").orElse(0)));
        } catch (AfcException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Room for further files; empty where the phone does not say. */
    public OptionalLong freeBytes() {
        return number(pairs(wire.ask("free space", DEVICE_INFO, new byte[0], AfcWire.DATA)), "FSFreeBytes");
    }

    /** Makes a folder and those above it. */
    public void makeFolder(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            makeOne(path.substring(0, slash));
        }
        makeOne(path);
    }

    private void makeOne(String path) {
        if (info(path).isEmpty()) {
            wire.ask("make folder " + path, MAKE_FOLDER, AfcWire.path(path), AfcWire.STATUS);
        }
    }

    /** Gives a file another name, over one that is there. */
    public void rename(String from, String to) {
        byte[] both = (from + "\0" + to + "\0").getBytes(StandardCharsets.UTF_8);
        wire.ask("rename to " + to, RENAME, both, AfcWire.STATUS);
    }

    /** Removes a file; one that is not there is gone already. */
    public void remove(String path) {
        gone("remove " + path, REMOVE, path);
    }

    /** Removes a folder with all that is in it, likewise. */
    public void removeAll(String path) {
        gone("remove " + path, REMOVE_ALL, path);
    }

    private void gone(String what, int operation, String path) {
        try {
            wire.ask(what, operation, AfcWire.path(path), AfcWire.STATUS);
        } catch (AfcException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** The content of a small file; empty when it is not there. */
    public Optional<String> text(String path, int most) {
        Optional<Info> info = info(path);
        if (info.isEmpty() || info.get().folder()) {
            return Optional.empty();
        }
        try (AfcFile file = AfcFile.open(wire, path, AfcFile.FOR_READING)) {
            return Optional.of(new String(file.read(most), StandardCharsets.UTF_8));
        } catch (AfcException e) {
            if (e.isNotFound()) { // it was replaced between two looks
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes a small file; a reader sees it whole or not at all. */
    public void write(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (AfcFile file = AfcFile.open(wire, path + ".new", AfcFile.FOR_WRITING_ANEW)) {
            for (int at = 0; at < bytes.length; at += PIECE) {
                int length = Math.min(PIECE, bytes.length - at);
                file.write(Arrays.copyOfRange(bytes, at, at + length), length);
            }
        }
        rename(path + ".new", path);
    }

    /** Told what has come or gone. */
    public interface Progress {
        void at(long bytes);
    }

    /** Reads bytes for a copy. */
    public interface Source {
        /** Into the array, from its beginning; the number of bytes, or less than 1 at the end. */
        int read(byte[] into) throws IOException;
    }

    /** Goes on with a file at a place behind which nothing of it is there yet; made where it is missing. */
    public void append(String path, long from, Source source, Progress progress) throws IOException {
        long at = from;
        byte[] piece = new byte[PIECE];
        try (AfcFile file = AfcFile.open(wire, path, AfcFile.FOR_CHANGING)) {
            file.seek(from);
            for (int n = source.read(piece); n > 0; n = source.read(piece)) {
                file.write(piece, n);
                at += n;
                progress.at(at);
            }
        }
    }

    /** Copies a file from a place on; what it has grown by meanwhile comes too. */
    public void read(String path, long from, OutputStream to, Progress progress) throws IOException {
        long at = from;
        try (AfcFile file = AfcFile.open(wire, path, AfcFile.FOR_READING)) {
            file.seek(from);
            for (byte[] piece = file.read(PIECE); piece.length > 0; piece = file.read(PIECE)) {
                to.write(piece);
                at += piece.length;
                progress.at(at);
            }
        }
    }

    private static List<String> words(byte[] data) {
        return List.of(new String(data, StandardCharsets.UTF_8).split("\0"));
    }

    private static Map<String, String> pairs(byte[] data) {
        List<String> words = words(data);
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            pairs.put(words.get(i), words.get(i + 1));
        }
        return pairs;
    }

    private static OptionalLong number(Map<String, String> pairs, String key) {
        String word = pairs.getOrDefault(key, "");
        return word.matches("[0-9]{1,19}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }

    @Override
    public void close() {
        socket.close();
    }
}
