package dev.melt.virtual.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes away the room on the small disk where a folder lies, by a file in it. Stateless. */
public record Filler(Path folder) {
    private static final String NAME = ".filler";
    private static final int BLOCK = 1 << 16;

    /** Fills the disk until so many bytes are left. */
    public void fill(long bytesLeft) throws IOException {
        free();
        long fill = folder.toFile().getUsableSpace() - bytesLeft;
        byte[] block = new byte[BLOCK];
        try (RandomAccessFile filler = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw")) {
            for (long done = 0; done < fill; done += block.length) {
                filler.write(block, 0, (int) Math.min(block.length, fill - done));
            }
        }
    }

    /** Takes it away again. */
    public void free() throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
