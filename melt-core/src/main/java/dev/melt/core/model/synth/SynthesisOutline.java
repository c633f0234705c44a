package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgufHeader;
import dev.melt.core.home.FileProblems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The header of a synthetic model without its weights, as a file of holes: it has the size of the whole and takes next to
 * no room. For those who must look at a model before hours are spent on making it. Delete it by closing.
 *
 * @param path of the file, in a temporary folder
 */
public record SynthesisOutline(Path path) implements AutoCloseable {
    /** Makes the outline in a folder of its own below {@code folder}. */
    public static SynthesisOutline of(SynthesisOrder order, Path folder) {
        GgufHeader header = SyntheticHeader.of(order);
        try {
            Files.createDirectories(folder);
            Path own = Files.createTempDirectory(folder, "outline");
            Path file = own.resolve(order.modelName() + ".gguf");
            try (SeekableByteChannel channel = Files.newByteChannel(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
                long written = header.writeTo(channel);
                channel.position(written + header.dataBytes() - 1);
                channel.write(ByteBuffer.allocate(1));
            }
            return new SynthesisOutline(file);
        } catch (IOException e) {
            throw FileProblems.of(folder, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw FileProblems.of(path, e);
        }
    }
}
