package dev.melt.virtual.ios.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.wire.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Apple's protocol for files, over one connection. One thread serves it. */
final class AfcServer {
    static final int LARGEST_READ = 8 << 20;

    private static final int OPENED = 14;
    private static final int TOLD = 19;
    private static final int BLOCK = 4096;
    private static final int CHUNK = 1 << 18;

    private final Iphone phone;
    private final AfcFolder folder;
    private final Wire wire;
    private final Map<Long, AfcOpenFile> open = new HashMap<>();
    private long lastHandle;

    AfcServer(Iphone phone, AfcFolder folder, Wire wire) {
        this.phone = phone;
        this.folder = folder;
        this.wire = wire;
    }

    /** Serves until the host has hung up; what it had open is closed then. */
    void run() throws IOException {
        try {
            Optional<AfcPacket> packet = AfcPacket.read(wire.in());
            while (packet.isPresent()) {
                serve(packet.get());
                packet = AfcPacket.read(wire.in());
            }
        } finally {
            for (AfcOpenFile file : open.values()) {
                file.close();
            }
        }
    }

    private void serve(AfcPacket packet) throws IOException {
        if (packet.operation() == 16) {
            write(packet);
            return;
        }
        wire.in().skipNBytes(packet.payload());
        AfcStatus status;
        try {
            if (answered(packet)) {
                return;
            }
            status = change(packet);
        } catch (IOException e) {
            status = AfcStatus.of(e);
        }
        packet.answer(wire.out(), AfcPacket.STATUS, status.number());
    }

    /** Operations that are answered with something else than a status. */
    private boolean answered(AfcPacket packet) throws IOException {
        switch ((int) packet.operation()) {
            case 3 -> packet.answer(wire.out(), zeroEnded(list(path(packet, 0, 0))));
            case 10 -> packet.answer(wire.out(), zeroEnded(info(path(packet, 0, 0))));
            case 11 -> packet.answer(wire.out(), zeroEnded(device()));
            case 13 -> {
                AfcOpenFile file = AfcOpenFile.open(path(packet, 1, 0), packet.word(0), phone.disk());
                open.put(++lastHandle, file);
                packet.answer(wire.out(), OPENED, lastHandle);
            }
            case 15 -> packet.answer(wire.out(), file(packet).read(packet.word(1)));
            case 18 -> packet.answer(wire.out(), TOLD, file(packet).tell());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Operations that are answered with a status. */
    private AfcStatus change(AfcPacket packet) throws IOException {
        switch ((int) packet.operation()) {
            case 7 -> resize(path(packet, 1, 0), packet.word(0));
            case 8 -> Files.delete(path(packet, 0, 0));
            case 9 -> Files.createDirectories(path(packet, 0, 0));
            case 17 -> file(packet).seek(packet.word(1), packet.word(2));
            case 20 -> {
                file(packet).close();
                open.remove(packet.word(0));
            }
            case 21 -> file(packet).resize(packet.word(1));
            case 24 -> Files.move(path(packet, 0, 0), path(packet, 0, 1), StandardCopyOption.ATOMIC_MOVE);
            case 27 -> file(packet);
            case 30 ->
                Files.setLastModifiedTime(path(packet, 1, 0), FileTime.from(packet.word(0), TimeUnit.NANOSECONDS));
            case 34 -> removeAll(path(packet, 0, 0));
            default -> {
                return AfcStatus.NOT_SUPPORTED;
            }
        }
        return AfcStatus.SUCCESS;
    }

    /** Goes on to disk as it comes, so that what came before the cable broke is there. */
    private void write(AfcPacket packet) throws IOException {
        AfcStatus status;
        Optional<AfcOpenFile> file = Optional.ofNullable(open.get(packet.word(0)));
        try {
            status = file.isPresent() ? file.get().mayWrite(packet.payload()) : AfcStatus.INVALID_ARGUMENT;
        } catch (IOException e) {
            status = AfcStatus.of(e);
        }
        InputStream in = wire.in();
        byte[] chunk = new byte[(int) Math.min(CHUNK, packet.payload())];
        for (long left = packet.payload(); left > 0; ) {
            int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (read < 0) {
                throw new EOFException("the connection ended within data");
            }
            left -= read;
            if (status == AfcStatus.SUCCESS) {
                file.orElseThrow().write(chunk, read);
            }
        }
        packet.answer(wire.out(), AfcPacket.STATUS, status.number());
    }

    private AfcOpenFile file(AfcPacket packet) throws IOException {
        return Optional.ofNullable(open.get(packet.word(0)))
                .orElseThrow(() -> new AfcRefused(AfcStatus.INVALID_ARGUMENT));
    }

    private Path path(AfcPacket packet, int words, int index) throws IOException {
        List<String> texts = packet.texts(words);
        if (texts.size() <= index) {
            throw new AfcRefused(AfcStatus.INVALID_ARGUMENT);
        }
        return folder.resolve(texts.get(index)).orElseThrow(() -> new AfcRefused(AfcStatus.DENIED));
    }

    private List<String> list(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        List<String> names = new ArrayList<>(List.of(".", ".."));
        try (Stream<Path> files = Files.list(path)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> folder.shows(path, name))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    private static List<String> info(Path path) throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return List.of(
                "st_size",
                Long.toString(file.size()),
                "st_blocks",
                Long.toString((file.size() + 511) / 512),
                "st_nlink",
                file.isDirectory() ? "2" : "1",
                "st_ifmt",
                file.isDirectory() ? "S_IFDIR" : file.isSymbolicLink() ? "S_IFLNK" : "S_IFREG",
                "st_mtime",
                Long.toString(file.lastModifiedTime().to(TimeUnit.NANOSECONDS)),
                "st_birthtime",
                Long.toString(file.creationTime().to(TimeUnit.NANOSECONDS)));
    }

    private List<String> device() {
        return List.of(
                "Model",
                phone.profile().productType(),
                "FSTotalBytes",
                Long.toString(phone.disk().total()),
                "FSFreeBytes",
                Long.toString(phone.disk().free()),
                "FSBlockSize",
                Integer.toString(BLOCK));
    }

    private void resize(Path path, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            AfcOpenFile.resize(channel, size, phone.disk());
        }
    }

    private static void removeAll(Path top) throws IOException {
        try (Stream<Path> below = Files.walk(top)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static byte[] zeroEnded(List<String> texts) {
        return (String.join("\0", texts) + "\0").getBytes(UTF_8);
    }
}
