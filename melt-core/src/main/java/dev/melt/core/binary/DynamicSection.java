package dev.melt.core.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an ELF file asks of the loader. */
record DynamicSection(List<String> needed, Optional<String> soname, List<String> runPaths, boolean marksProgram) {
    /** Of a file that is linked statically. */
    static final DynamicSection NONE = new DynamicSection(List.of(), Optional.empty(), List.of(), false);

    private static final int MOST_NEEDED = 1024;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_STRSZ = 10;
    private static final long DT_SONAME = 14;
    private static final long DT_RPATH = 15;
    private static final long DT_RUNPATH = 29;
    private static final long DT_FLAGS_1 = 0x6fff_fffbL;
    private static final long DF_1_PIE = 0x0800_0000L;

    /** Finds a table of names by its address in memory. */
    @FunctionalInterface
    interface Strings {
        ByteBuffer at(long address, long length) throws IOException, DamagedFileException;
    }

    static DynamicSection read(ByteBuffer table, boolean wide, Strings strings)
            throws IOException, DamagedFileException {
        List<long[]> entries = entries(table, wide);
        Optional<Long> address = value(entries, DT_STRTAB);
        Optional<Long> length = value(entries, DT_STRSZ);
        if (address.isEmpty() || length.isEmpty()) {
            throw new DamagedFileException("a dynamic section without a table of names");
        }
        ByteBuffer names = strings.at(address.get(), length.get());
        List<String> needed = texts(entries, names, DT_NEEDED);
        if (needed.size() > MOST_NEEDED) {
            throw new DamagedFileException(needed.size() + " libraries needed");
        }
        List<String> paths = new ArrayList<>();
        for (long tag : new long[] {DT_RPATH, DT_RUNPATH}) {
            for (String list : texts(entries, names, tag)) {
                Arrays.stream(list.split(":")).filter(path -> !path.isEmpty()).forEach(paths::add);
            }
        }
        return new DynamicSection(
                needed,
                texts(entries, names, DT_SONAME).stream().findFirst(),
                paths,
                value(entries, DT_FLAGS_1).map(flags -> (flags & DF_1_PIE) != 0).orElse(false));
    }

    private static List<long[]> entries(ByteBuffer table, boolean wide) {
        List<long[]> entries = new ArrayList<>();
        while (table.remaining() >= (wide ? 16 : 8)) {
            long tag = wide ? table.getLong() : table.getInt();
            long value = wide ? table.getLong() : table.getInt() & 0xFFFF_FFFFL;
            if (tag == 0) {
                break;
            }
            entries.add(new long[] {tag, value});
        }
        return entries;
    }

    private static Optional<Long> value(List<long[]> entries, long tag) {
        return entries.stream().filter(e -> e[0] == tag).map(e -> e[1]).findFirst();
    }

    private static List<String> texts(List<long[]> entries, ByteBuffer names, long tag) throws DamagedFileException {
        List<String> texts = new ArrayList<>();
        for (long[] entry : entries) {
            if (entry[0] == tag && texts.size() <= MOST_NEEDED) {
                texts.add(ByteWindow.text(names, entry[1], "a name"));
            }
        }
        return texts;
    }
}
