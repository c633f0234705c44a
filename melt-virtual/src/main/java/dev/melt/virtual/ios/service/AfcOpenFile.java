package dev.melt.virtual.ios.service;

import dev.melt.virtual.ios.device.IphoneDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** A file that a host has open. One thread uses it. */
final class AfcOpenFile implements Closeable {
    private final FileChannel channel;
    private final boolean readable;
    private final boolean writable;
    private final boolean appends;
    private final IphoneDisk disk;

    private AfcOpenFile(FileChannel channel, Mode mode, IphoneDisk disk) {
        this.channel = channel;
        this.readable = mode.readable;
        this.writable = mode.writable;
        this.appends = mode.appends;
        this.disk = disk;
    }

    /** The modes of {@code afc.h}, which are those of fopen. */
    private enum Mode {
        R(true, false, false, false),
        R_PLUS(true, true, false, false),
        W(false, true, true, false),
        W_PLUS(true, true, true, false),
        A(false, true, false, true),
        A_PLUS(true, true, false, true);

        private final boolean readable;
        private final boolean writable;
        private final boolean truncates;
        private final boolean appends;

        Mode(boolean readable, boolean writable, boolean truncates, boolean appends) {
            this.readable = readable;
            this.writable = writable;
            this.truncates = truncates;
            this.appends = appends;
        }
    }

    /** Opens one; {@code mode} is the number that the host sent. */
    static AfcOpenFile open(Path path, long mode, IphoneDisk disk) throws IOException {
        if (mode < 1 || mode > Mode.values().length) {
            throw new AfcRefused(AfcStatus.INVALID_ARGUMENT);
        }
        if (Files.isDirectory(path)) {
            throw new AfcRefused(AfcStatus.IS_FOLDER);
        }
        Mode how = Mode.values()[(int) mode - 1];
        if (!how.writable) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            return new AfcOpenFile(FileChannel.open(path, StandardOpenOption.READ), how, disk);
        }
        Set<OpenOption> options = how.truncates
                ? Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)
                : Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new AfcOpenFile(FileChannel.open(path, options), how, disk);
    }

    byte[] read(long most) throws IOException {
        if (!readable) {
            throw new AfcRefused(AfcStatus.DENIED);
        }
        ByteBuffer into = ByteBuffer.allocate((int) Math.min(Math.max(0, most), AfcServer.LARGEST_READ));
        while (into.hasRemaining() && channel.read(into) >= 0) {
            // until the file or what was asked for ends
        }
        return Arrays.copyOf(into.array(), into.position());
    }

    /** Whether so much more may be written here. */
    AfcStatus mayWrite(long length) throws IOException {
        if (!writable) {
            return AfcStatus.DENIED;
        }
        long start = appends ? channel.size() : channel.position();
        return disk.take(start + length - channel.size()) ? AfcStatus.SUCCESS : AfcStatus.NO_SPACE;
    }

    void write(byte[] bytes, int length) throws IOException {
        if (appends) {
            channel.position(channel.size());
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    void seek(long whence, long offset) throws IOException {
        long base = switch ((int) whence) {
            case 0 -> 0;
            case 1 -> channel.position();
            case 2 -> channel.size();
            default -> throw new AfcRefused(AfcStatus.INVALID_ARGUMENT);
        };
        if (base + offset < 0) {
            throw new AfcRefused(AfcStatus.INVALID_ARGUMENT);
        }
        channel.position(base + offset);
    }

    long tell() throws IOException {
        return channel.position();
    }

    void resize(long size) throws IOException {
        if (!writable || size < 0) {
            throw new AfcRefused(AfcStatus.INVALID_ARGUMENT);
        }
        resize(channel, size, disk);
    }

    /** Makes a file shorter, or longer by zeros, whoever has it open. */
    static void resize(FileChannel channel, long size, IphoneDisk disk) throws IOException {
        if (size <= channel.size()) {
            long position = channel.position();
            channel.truncate(size);
            channel.position(position);
            return;
        }
        if (!disk.take(size - channel.size())) {
            throw new AfcRefused(AfcStatus.NO_SPACE);
        }
        channel.write(ByteBuffer.allocate(1), size - 1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
