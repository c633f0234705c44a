package dev.melt.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What can be said of a model file before llama.cpp opens it. */
final class ModelFile {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    private static final int SMALLEST_HEADER = 24;

    private ModelFile() {}

    /** Bytes of a file that may be a model; refuses one that cannot be. */
    static long checkedSize(Path file) {
        if (!Files.exists(file)) {
            throw new WorkerException(ErrorKind.MODEL_MISSING, file + ": no such file");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new WorkerException(ErrorKind.MODEL_MISSING, file + ": not a file that can be read");
        }
        try (InputStream in = Files.newInputStream(file)) {
            checkHeader(file, in.readNBytes(SMALLEST_HEADER));
            return Files.size(file);
        } catch (IOException e) {
            throw new WorkerException(ErrorKind.MODEL_MISSING, file + ": cannot be read (" + e + ")", e);
        }
    }

    private static void checkHeader(Path file, byte[] header) {
        if (header.length < MAGIC.length || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new WorkerException(
                    ErrorKind.MODEL_CORRUPT, file + ": not a GGUF file (it does not begin with GGUF)");
        }
        if (header.length < SMALLEST_HEADER) {
            throw new WorkerException(
                    ErrorKind.MODEL_CORRUPT, file + ": truncated: " + header.length + " bytes are no GGUF header");
        }
    }
}
