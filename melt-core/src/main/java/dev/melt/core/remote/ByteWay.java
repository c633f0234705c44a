package dev.melt.core.remote;

import dev.melt.core.device.ExecResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/** How bytes get into a file on a device. */
public interface ByteWay {
    /**
     * Writes a small file, replacing what is there.
     *
     * @param before shell text to run first, and {@code after} once the file is written; the answer is that of all together
     */
    ExecResult write(byte[] content, String path, String before, String after) throws IOException;

    /**
     * Appends what a file has from a place on. What has arrived when the link breaks stays there.
     *
     * @param size of the whole file
     * @param sent is told the bytes that have gone over
     */
    void append(FileChannel content, long from, long size, PartOnDevice part, LongConsumer sent) throws IOException;
}
