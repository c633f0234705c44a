package dev.melt.core.gguf;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The header of a GGUF file, version 2 or 3: metadata and tensor table, checked to agree with the file's size. Tensor
 * data is never read. Immutable.
 *
 * @param bytes size of the file
 * @param alignment of tensor data, in bytes
 * @param dataStart where tensor data begins in the file, in bytes
 * @param metadata in the order of the file
 */
public record GgufFile(
        Path path,
        int version,
        long bytes,
        long alignment,
        long dataStart,
        Map<String, GgufValue> metadata,
        List<GgufTensor> tensors) {
    private static final int LONGEST_ARCHITECTURE = 64;

    public GgufFile {
        requireNonNull(path, "path");
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads the header. The file is untrusted: memory use is bounded whatever it claims.
     *
     * @throws InvalidInputException when it is missing, unreadable, no GGUF, damaged, or shorter than its header says
     */
    public static GgufFile read(Path path) {
        String subject = String.valueOf(path.getFileName());
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(subject, "a GGUF file expected", "a folder found", "name a file in it");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            return new GgufHeaderParser(path, new HeaderInput(path, channel)).parse();
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    new Problem(path.toString(), "a GGUF file expected", "no such file", "check the path"), e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(
                            path.toString(),
                            "a readable GGUF file expected",
                            "reading failed: " + e.getMessage(),
                            "check its permissions and the disk"),
                    e);
        }
    }

    /** {@code general.architecture}, which names the family: {@code llama}, {@code gemma}, …; no name is so long. */
    public Optional<String> architecture() {
        return text("general.architecture").filter(name -> name.length() <= LONGEST_ARCHITECTURE);
    }

    public Optional<String> text(String key) {
        return metadata.get(key) instanceof GgufValue.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The integer under that key, whatever its width; empty when there is none or it is no integer. */
    public OptionalLong whole(String key) {
        return metadata.get(key) instanceof GgufValue.Whole whole
                ? OptionalLong.of(whole.value())
                : OptionalLong.empty();
    }

    public OptionalDouble real(String key) {
        return metadata.get(key) instanceof GgufValue.Real real
                ? OptionalDouble.of(real.value())
                : OptionalDouble.empty();
    }

    public boolean flag(String key) {
        return metadata.get(key) instanceof GgufValue.Flag flag && flag.value();
    }

    public Optional<GgufValue.Array> array(String key) {
        return metadata.get(key) instanceof GgufValue.Array array ? Optional.of(array) : Optional.empty();
    }

    /** How many weights all tensors hold. */
    public long parameters() {
        return tensors.stream().mapToLong(GgufTensor::elements).sum();
    }

    /** Whether MELT made the weights up. */
    public boolean synthetic() {
        return flag("melt.synthetic");
    }
}
