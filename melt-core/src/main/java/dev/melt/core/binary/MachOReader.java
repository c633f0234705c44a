package dev.melt.core.binary;

import dev.melt.core.binary.FileContent.MachO;
import dev.melt.core.binary.FileContent.Role;
import dev.melt.core.binary.FileContent.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the load commands of a Mach-O file, thin or fat. See mach-o/loader.h and mach-o/fat.h for the numbers. */
final class MachOReader {
    private static final int THIN_32 = 0xFEED_FACE;
    private static final int THIN_64 = 0xFEED_FACF;
    private static final int FAT_32 = 0xCAFE_BABE;
    private static final int FAT_64 = 0xCAFE_BABF;

    /** A Java class begins as a fat file does; its version number is where the number of slices is, and 45 or more. */
    private static final int MOST_SLICES = 30;

    private static final int MOST_COMMANDS = 4096;
    private static final int LONGEST_COMMANDS = 4 << 20;

    private MachOReader() {}

    static boolean isMachO(int magic, ByteWindow window) throws IOException, DamagedFileException {
        if (magic == FAT_32 || magic == FAT_64) {
            return window.size() >= 8 && slices(window) <= MOST_SLICES;
        }
        int swapped = Integer.reverseBytes(magic);
        return magic == THIN_32 || magic == THIN_64 || swapped == THIN_32 || swapped == THIN_64;
    }

    private static long slices(ByteWindow window) throws IOException, DamagedFileException {
        return window.ordered(ByteOrder.BIG_ENDIAN)
                        .bytes(4, 4, 4, "the number of slices")
                        .getInt()
                & 0xFFFF_FFFFL;
    }

    static MachO read(int magic, ByteWindow window) throws IOException, DamagedFileException {
        if (magic != FAT_32 && magic != FAT_64) {
            return new MachO(List.of(slice(window)));
        }
        boolean wide = magic == FAT_64;
        int entry = wide ? 32 : 20;
        int count = (int) slices(window);
        ByteBuffer table = window.ordered(ByteOrder.BIG_ENDIAN)
                .bytes(8, (long) count * entry, (long) MOST_SLICES * entry, "the table of slices");
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i * entry + 8;
            long offset = wide ? table.getLong(at) : table.getInt(at) & 0xFFFF_FFFFL;
            long length = wide ? table.getLong(at + 8) : table.getInt(at + 4) & 0xFFFF_FFFFL;
            slices.add(slice(window.part(offset, length, "slice " + i)));
        }
        return new MachO(slices);
    }

    private static Slice slice(ByteWindow window) throws IOException, DamagedFileException {
        int first = window.ordered(ByteOrder.LITTLE_ENDIAN)
                .bytes(0, 4, 4, "a slice's magic")
                .getInt();
        boolean little = first == THIN_32 || first == THIN_64;
        int magic = little ? first : Integer.reverseBytes(first);
        if (magic != THIN_32 && magic != THIN_64) {
            throw new DamagedFileException("a slice that is no Mach-O");
        }
        boolean wide = magic == THIN_64;
        int length = wide ? 32 : 28;
        ByteWindow ordered = window.ordered(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        ByteBuffer header = ordered.bytes(0, length, length, "a slice's header");
        int count = header.getInt(16);
        long size = header.getInt(20) & 0xFFFF_FFFFL;
        if (count < 0 || count > MOST_COMMANDS) {
            throw new DamagedFileException(Integer.toUnsignedString(count) + " load commands");
        }
        LoadCommands commands =
                LoadCommands.read(ordered.bytes(length, size, LONGEST_COMMANDS, "the load commands"), count);
        return new Slice(
                Machine.ofMachO(header.getInt(4)),
                wide ? 64 : 32,
                role(header.getInt(12)),
                commands.platform(),
                commands.libraries(),
                commands.installName());
    }

    private static Role role(int type) {
        return switch (type) {
            case 2 -> Role.PROGRAM;
            case 6, 8 -> Role.LIBRARY;
            default -> Role.OTHER;
        };
    }

    /** What the load commands of a slice say. */
    private record LoadCommands(Optional<String> platform, List<String> libraries, Optional<String> installName) {
        static LoadCommands read(ByteBuffer bytes, int count) throws DamagedFileException {
            Optional<String> platform = Optional.empty();
            Optional<String> installName = Optional.empty();
            List<String> libraries = new ArrayList<>();
            int at = 0;
            for (int i = 0; i < count; i++) {
                if (bytes.limit() - at < 8) {
                    throw new DamagedFileException("a load command is cut off");
                }
                long size = bytes.getInt(at + 4) & 0xFFFF_FFFFL;
                if (size < 8 || size > bytes.limit() - at) {
                    throw new DamagedFileException("a load command of " + size + " bytes");
                }
                ByteBuffer command = bytes.slice(at, (int) size).order(bytes.order());
                switch (command.getInt(0)) {
                    case 0xC, 0x8000_0018, 0x8000_001F -> libraries.add(name(command));
                    case 0xD -> installName = Optional.of(name(command));
                    case 0x32 -> platform = Optional.of(platform(word(command)));
                    case 0x24 -> platform = Optional.of("macos");
                    case 0x25 -> platform = Optional.of("ios");
                    default -> {}
                }
                at += (int) size;
            }
            return new LoadCommands(platform, libraries, installName);
        }

        private static int word(ByteBuffer command) throws DamagedFileException {
            if (command.limit() < 12) {
                throw new DamagedFileException("a load command is too short");
            }
            return command.getInt(8);
        }

        private static String name(ByteBuffer command) throws DamagedFileException {
            return ByteWindow.text(command, word(command) & 0xFFFF_FFFFL, "a library's name");
        }

        private static String platform(int number) {
            return switch (number) {
                case 1 -> "macos";
                case 2 -> "ios";
                case 7 -> "ios-simulator";
                default -> "apple-" + Integer.toUnsignedString(number);
            };
        }
    }
}
