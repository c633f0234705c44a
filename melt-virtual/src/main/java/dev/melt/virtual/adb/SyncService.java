package dev.melt.virtual.adb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Copies files in both directions (AOSP SYNC.TXT and file_sync_protocol.h): STAT, LIST, SEND, RECV and their second versions without
 * compression.
 */
final class SyncService implements AdbService {
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_PATH = 1024 + 64;
    private static final int NOT_FOUND = 2;

    private final Adbd.Device device;
    private final AdbFaults faults;
    private int value;

    /** A service over the files that a path of the device stands for. */
    SyncService(Adbd.Device device, AdbFaults faults) {
        this.device = device;
        this.faults = faults;
    }

    @Override
    public void serve(AdbStream stream) throws IOException {
        while (true) {
            String request = next(stream);
            int length = value;
            if (request.equals("QUIT")) {
                return;
            }
            if (length < 0 || length > LONGEST_PATH) {
                fail(stream, "path too long");
                return;
            }
            String path = new String(stream.read(length), StandardCharsets.UTF_8);
            switch (request) {
                case "STAT" -> stat(stream, path);
                case "STA2", "LST2" -> stat2(stream, request, path);
                case "LIST" -> list(stream, path, false);
                case "LIS2" -> list(stream, path, true);
                case "RECV" -> receive(stream, path);
                case "RCV2" -> {
                    stream.read(8);
                    receive(stream, path);
                }
                case "SEND" -> {
                    int comma = path.lastIndexOf(',');
                    take(stream, path.substring(0, comma), Integer.parseInt(path.substring(comma + 1)));
                }
                case "SND2" -> {
                    int mode = ByteBuffer.wrap(stream.read(12))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(4);
                    take(stream, path, mode);
                }
                default -> {
                    fail(stream, "unknown request " + request);
                    return;
                }
            }
        }
    }

    private String next(AdbStream stream) throws IOException {
        byte[] head = stream.read(8);
        value = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        return new String(head, 0, 4, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer packet(String id, int size) {
        return ByteBuffer.allocate(4 + size).order(ByteOrder.LITTLE_ENDIAN).put(id.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(ByteBuffer packet) {
        byte[] bytes = new byte[packet.capacity()];
        packet.rewind().get(bytes);
        return bytes;
    }

    private static void fail(AdbStream stream, String message) throws IOException {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        stream.write(
                packet("FAIL", 4 + text.length).putInt(text.length).put(text).array());
    }

    private void stat(AdbStream stream, String path) throws IOException {
        Entry entry = Entry.of(device.path(path));
        stream.write(packet("STAT", 12)
                .putInt(entry.mode())
                .putInt((int) entry.size())
                .putInt((int) entry.seconds())
                .array());
    }

    private void stat2(AdbStream stream, String id, String path) throws IOException {
        Entry entry = Entry.of(device.path(path));
        stream.write(bytes(entry.second(packet(id, 68).putInt(entry.mode() == 0 ? NOT_FOUND : 0))));
    }

    private void list(AdbStream stream, String path, boolean second) throws IOException {
        Path folder = device.path(path);
        if (Files.isDirectory(folder)) {
            List<Path> children;
            try (Stream<Path> found = Files.list(folder)) {
                children = found.sorted().toList();
            }
            for (Path child : children) {
                stream.write(dent(child, second));
            }
        }
        stream.write(second ? packet("DONE", 72).array() : packet("DONE", 16).array());
    }

    private static byte[] dent(Path file, boolean second) throws IOException {
        Entry entry = Entry.of(file);
        byte[] name = file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer dent = second
                ? entry.second(packet("DNT2", 72 + name.length).putInt(0))
                : packet("DENT", 16 + name.length)
                        .putInt(entry.mode())
                        .putInt((int) entry.size())
                        .putInt((int) entry.seconds());
        return bytes(dent.putInt(name.length).put(name));
    }

    private void receive(AdbStream stream, String path) throws IOException {
        try (InputStream in = Files.newInputStream(device.path(path))) {
            byte[] buffer = new byte[CHUNK];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                stream.write(packet("DATA", 4 + n).putInt(n).put(buffer, 0, n).array());
            }
            stream.write(packet("DONE", 4).array());
        } catch (FileSystemException e) {
            fail(stream, "open failed: " + reason(e));
        }
    }

    private void take(AdbStream stream, String path, int mode) throws IOException {
        Path file = device.path(path);
        OutputStream out;
        try {
            out = open(path, file);
        } catch (IOException e) {
            write(stream, OutputStream.nullOutputStream());
            fail(stream, "couldn't create file: " + reason(e));
            return;
        }
        Optional<IOException> fault;
        try (out) {
            fault = write(stream, out);
        } catch (IOException e) {
            Files.deleteIfExists(file); // adbd leaves nothing of a transfer that broke
            throw e;
        }
        if (fault.isPresent()) {
            Files.deleteIfExists(file);
            fail(stream, "write failed: " + reason(fault.get()));
        } else {
            Files.setLastModifiedTime(file, FileTime.from(value, TimeUnit.SECONDS));
            Files.setPosixFilePermissions(file, permissions(mode));
            stream.write(packet("OKAY", 4).array());
        }
    }

    /**
     * Takes data until the host is done; {@link #value} is the file's time then. What comes after a fault is read and thrown away, as
     * adbd does, so that the host gets to read the fault.
     */
    private Optional<IOException> write(AdbStream stream, OutputStream out) throws IOException {
        Optional<IOException> fault = Optional.empty();
        for (String id = next(stream); !id.equals("DONE"); id = next(stream)) {
            if (!id.equals("DATA") || value < 0 || value > CHUNK) {
                throw new IOException("no packet of a transfer: " + id);
            }
            byte[] data = stream.read(value);
            if (data.length > 0 && faults.takesCorruption()) {
                data[data.length / 2] ^= 1;
            }
            try {
                if (fault.isEmpty()) {
                    out.write(data);
                }
            } catch (IOException e) {
                fault = Optional.of(e);
            }
        }
        return fault;
    }

    private OutputStream open(String path, Path file) throws IOException {
        if (!device.mayWrite(path)) {
            throw new AccessDeniedException(path);
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(path, null, "Is a directory");
        }
        makeFolder(Optional.ofNullable(file.getParent()));
        boolean isNew = !Files.exists(file);
        OutputStream out = Files.newOutputStream(file);
        if (isNew) {
            device.made(file);
        }
        return out;
    }

    private void makeFolder(Optional<Path> folder) throws IOException {
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            makeFolder(Optional.ofNullable(folder.get().getParent()));
            Files.createDirectory(folder.get());
            device.made(folder.get());
        }
    }

    /** The kernel's words, as adbd passes them on. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return String.valueOf(reason);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    /** What a host is told of a file; all 0 of one that is not there. */
    private record Entry(int mode, long size, long seconds) {
        static Entry of(Path file) throws IOException {
            try {
                Map<String, Object> found =
                        Files.readAttributes(file, "unix:mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                return new Entry(
                        (Integer) found.getOrDefault("mode", 0),
                        (Long) found.getOrDefault("size", 0L),
                        ((FileTime) found.getOrDefault("lastModifiedTime", FileTime.fromMillis(0)))
                                .to(TimeUnit.SECONDS));
            } catch (FileSystemException e) {
                return new Entry(0, 0, 0);
            }
        }

        /** dev, ino, mode, nlink, uid, gid, size and three times. */
        ByteBuffer second(ByteBuffer into) {
            return into.putLong(1)
                    .putLong(1)
                    .putInt(mode)
                    .putInt(1)
                    .putInt(2000)
                    .putInt(2000)
                    .putLong(size)
                    .putLong(seconds)
                    .putLong(seconds)
                    .putLong(seconds);
        }
    }
}
