package dev.melt.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The last lines of a raw file: where programs say why they ended. */
final class FileTail {
    private static final long BYTES = 16_384;

    private FileTail() {}

    /** The last lines that are not blank, at most so many; none when there is no such file. */
    static List<String> lines(Path file, int most) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - BYTES));
            ByteBuffer bytes = ByteBuffer.allocate((int) BYTES);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            List<String> lines =
                    Arrays.stream(text.split("\n")).filter(l -> !l.isBlank()).toList();
            return lines.subList(Math.max(0, lines.size() - most), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
