package dev.melt.core.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A small 64-bit ELF file with the parts that a loader reads and no code: header, segments, loader's name, note, dynamic
 * section, names.
 */
public record TestingElf(
        int machine,
        int type,
        Optional<String> interpreter,
        List<String> needed,
        Optional<String> soname,
        OptionalInt api) {
    public static final int X86_64 = 62;
    public static final int AARCH64 = 183;
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;

    /** A program for Linux. */
    public static TestingElf program(int machine, String... needed) {
        return new TestingElf(
                machine,
                3,
                Optional.of("/lib64/ld-linux.so.2"),
                List.of(needed),
                Optional.empty(),
                OptionalInt.empty());
    }

    public static TestingElf library(int machine, String soname, String... needed) {
        return new TestingElf(machine, 3, Optional.empty(), List.of(needed), Optional.of(soname), OptionalInt.empty());
    }

    /** A program for Android. */
    public static TestingElf android(int api, String... needed) {
        return new TestingElf(
                AARCH64,
                3,
                Optional.of("/system/bin/linker64"),
                List.of(needed),
                Optional.empty(),
                OptionalInt.of(api));
    }

    public Path write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes());
            if (interpreter.isPresent() && !file.toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot be made executable: " + file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        ByteBuffer file = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        int segments = 2 + (interpreter.isPresent() ? 1 : 0) + (api.isPresent() ? 1 : 0);
        file.position(HEADER + segments * SEGMENT);
        List<int[]> parts = new ArrayList<>();
        interpreter.ifPresent(name -> {
            int at = file.position();
            file.put((name + "\0").getBytes(StandardCharsets.UTF_8));
            parts.add(new int[] {3, at, file.position() - at});
        });
        api.ifPresent(level -> {
            int at = file.position();
            file.putInt(8)
                    .putInt(4)
                    .putInt(1)
                    .put("Android\0".getBytes(StandardCharsets.UTF_8))
                    .putInt(level);
            parts.add(new int[] {4, at, file.position() - at});
        });
        dynamic(file, parts);
        int end = file.position();
        parts.add(new int[] {1, 0, end});
        file.position(HEADER);
        parts.forEach(part -> segment(file, part));
        file.position(0);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) type)
                .putShort((short) machine)
                .putInt(1)
                .putLong(0)
                .putLong(HEADER);
        file.position(54);
        file.putShort((short) SEGMENT).putShort((short) segments);
        byte[] bytes = new byte[end];
        file.get(0, bytes);
        return bytes;
    }

    private static void segment(ByteBuffer file, int[] part) {
        file.putInt(part[0]).putInt(4).putLong(part[1]).putLong(part[1]).putLong(part[1]);
        file.putLong(part[2]).putLong(part[2]).putLong(1);
    }

    private void dynamic(ByteBuffer file, List<int[]> parts) {
        StringBuilder names = new StringBuilder("\0");
        List<long[]> entries = new ArrayList<>();
        needed.forEach(name -> entries.add(new long[] {1, add(names, name)}));
        soname.ifPresent(name -> entries.add(new long[] {14, add(names, name)}));
        int table = file.position();
        file.put(names.toString().getBytes(StandardCharsets.UTF_8));
        entries.add(new long[] {5, table});
        entries.add(new long[] {10, names.length()});
        entries.add(new long[] {0, 0});
        int at = file.position();
        entries.forEach(entry -> file.putLong(entry[0]).putLong(entry[1]));
        parts.add(new int[] {2, at, file.position() - at});
    }

    private static int add(StringBuilder names, String name) {
        int at = names.length();
        names.append(name).append('\0');
        return at;
    }
}
