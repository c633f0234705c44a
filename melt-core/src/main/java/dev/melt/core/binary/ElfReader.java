package dev.melt.core.binary;

import dev.melt.core.binary.FileContent.Elf;
import dev.melt.core.binary.FileContent.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what the loader would read of an ELF file: header, segments, dynamic section, notes. See elf(5). */
final class ElfReader {
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int PT_NOTE = 4;
    private static final int MOST_SEGMENTS = 4096;
    private static final int LONGEST_TABLE = 1 << 20;

    private final ByteWindow file;
    private final boolean wide;

    /** A part of the file that is mapped; addresses and sizes in bytes. */
    private record Segment(int type, long offset, long address, long bytes) {}

    ElfReader(ByteWindow window) throws IOException, DamagedFileException {
        ByteBuffer ident = window.bytes(0, 16, 16, "the identification");
        int bits = ident.get(4);
        int order = ident.get(5);
        if (bits < 1 || bits > 2 || order < 1 || order > 2) {
            throw new DamagedFileException("neither 32 nor 64 bits, or no byte order");
        }
        wide = bits == 2;
        file = window.ordered(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    Elf read() throws IOException, DamagedFileException {
        ByteBuffer header = file.bytes(0, wide ? 64 : 52, 64, "the header");
        int type = header.getShort(16) & 0xFFFF;
        int machine = header.getShort(18) & 0xFFFF;
        List<Segment> segments = segments(header);
        DynamicSection dynamic = dynamic(segments);
        Optional<String> interpreter = interpreter(segments);
        return new Elf(
                wide ? 64 : 32,
                Machine.ofElf(machine),
                machine,
                role(type, interpreter, dynamic),
                dynamic.needed(),
                interpreter,
                dynamic.soname(),
                dynamic.runPaths(),
                androidApi(segments));
    }

    /** Programs are position-independent today and so of the same type as libraries; only they name a loader. */
    private static Role role(int type, Optional<String> interpreter, DynamicSection dynamic) {
        return switch (type) {
            case 2 -> Role.PROGRAM;
            case 3 -> interpreter.isPresent() || dynamic.marksProgram() ? Role.PROGRAM : Role.LIBRARY;
            default -> Role.OTHER;
        };
    }

    private List<Segment> segments(ByteBuffer header) throws IOException, DamagedFileException {
        long at = wide ? header.getLong(32) : header.getInt(28) & 0xFFFF_FFFFL;
        int size = header.getShort(wide ? 54 : 42) & 0xFFFF;
        int count = header.getShort(wide ? 56 : 44) & 0xFFFF;
        int expected = wide ? 56 : 32;
        if (count > MOST_SEGMENTS || (count > 0 && size != expected)) {
            throw new DamagedFileException(count + " segments of " + size + " bytes");
        }
        ByteBuffer table = file.bytes(at, (long) count * expected, LONGEST_TABLE, "the table of segments");
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int here = i * expected;
            segments.add(
                    wide
                            ? new Segment(
                                    table.getInt(here),
                                    table.getLong(here + 8),
                                    table.getLong(here + 16),
                                    table.getLong(here + 32))
                            : new Segment(
                                    table.getInt(here),
                                    table.getInt(here + 4) & 0xFFFF_FFFFL,
                                    table.getInt(here + 8) & 0xFFFF_FFFFL,
                                    table.getInt(here + 16) & 0xFFFF_FFFFL));
        }
        return segments;
    }

    private Optional<String> interpreter(List<Segment> segments) throws IOException, DamagedFileException {
        for (Segment segment : segments) {
            if (segment.type() == PT_INTERP) {
                ByteBuffer text = file.bytes(segment.offset(), segment.bytes(), 4097, "the loader's name");
                return Optional.of(ByteWindow.text(text, 0, "the loader's name"));
            }
        }
        return Optional.empty();
    }

    private DynamicSection dynamic(List<Segment> segments) throws IOException, DamagedFileException {
        for (Segment segment : segments) {
            if (segment.type() == PT_DYNAMIC) {
                ByteBuffer table = file.bytes(segment.offset(), segment.bytes(), LONGEST_TABLE, "the dynamic section");
                return DynamicSection.read(table, wide, (address, length) -> strings(segments, address, length));
            }
        }
        return DynamicSection.NONE;
    }

    /** The dynamic section gives memory addresses; the segments tell where in the file those lie. */
    private ByteBuffer strings(List<Segment> segments, long address, long length)
            throws IOException, DamagedFileException {
        for (Segment segment : segments) {
            long inside = address - segment.address();
            if (segment.type() == PT_LOAD && inside >= 0 && inside < segment.bytes()) {
                return file.bytes(segment.offset() + inside, length, 64L << 20, "the table of names");
            }
        }
        throw new DamagedFileException("the table of names lies in no segment");
    }

    /** The note {@code Android} of type 1, whose first word is the lowest API level. */
    private OptionalInt androidApi(List<Segment> segments) throws IOException, DamagedFileException {
        for (Segment segment : segments) {
            if (segment.type() != PT_NOTE) {
                continue;
            }
            ByteBuffer notes = file.bytes(segment.offset(), segment.bytes(), LONGEST_TABLE, "the notes");
            while (notes.remaining() >= 12) {
                long name = notes.getInt() & 0xFFFF_FFFFL;
                long content = notes.getInt() & 0xFFFF_FFFFL;
                int type = notes.getInt();
                long padded = ((name + 3) & ~3L) + ((content + 3) & ~3L);
                if (padded > notes.remaining()) {
                    break; // padding or a note of another alignment: nothing that the loader minds
                }
                byte[] words = new byte[(int) padded];
                notes.get(words);
                if (type == 1 && name == 8 && content >= 4 && startsWith(words, "Android\0")) {
                    return OptionalInt.of(
                            ByteBuffer.wrap(words, 8, 4).order(file.order()).getInt());
                }
            }
        }
        return OptionalInt.empty();
    }

    private static boolean startsWith(byte[] bytes, String text) {
        return new String(bytes, 0, Math.min(bytes.length, text.length()), StandardCharsets.ISO_8859_1).equals(text);
    }
}
