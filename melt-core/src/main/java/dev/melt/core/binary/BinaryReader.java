package dev.melt.core.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tells what a file is. Reads headers and tables only, a few megabytes at the most however large the file is. */
public final class BinaryReader {
    private static final int ELF = 0x7F45_4C46;
    private static final int LONGEST_FIRST_LINE = 256;

    private BinaryReader() {}

    /** What the file is; damage is an answer, not an exception. */
    public static FileContent read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteWindow window = ByteWindow.of(channel);
            if (window.size() < 4) {
                return new FileContent.Data();
            }
            try {
                return content(window);
            } catch (DamagedFileException e) {
                return new FileContent.Damaged(String.valueOf(e.getMessage()));
            }
        }
    }

    private static FileContent content(ByteWindow window) throws IOException, DamagedFileException {
        int magic = window.ordered(ByteOrder.BIG_ENDIAN).bytes(0, 4, 4, "magic").getInt();
        if (magic == ELF) {
            return new ElfReader(window).read();
        }
        if (MachOReader.isMachO(magic, window)) {
            return MachOReader.read(magic, window);
        }
        if (magic >>> 16 == 0x2321) {
            return script(window);
        }
        return new FileContent.Data();
    }

    private static FileContent script(ByteWindow window) throws IOException, DamagedFileException {
        ByteBuffer head =
                window.bytes(0, Math.min(LONGEST_FIRST_LINE, window.size()), LONGEST_FIRST_LINE, "first line");
        String line = StandardCharsets.UTF_8.decode(head).toString().split("\\R", 2)[0];
        return new FileContent.Script(line.substring(2).strip());
    }
}
