package dev.melt.jetson.ssh;

import dev.melt.core.remote.LinkWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/** What a command is fed with. Used once. */
interface SshInput {
    /** Nothing at all. */
    SshInput NONE = (out, watch) -> {};

    /** Writes all of it; after each piece the watch is told. */
    void writeTo(OutputStream out, LinkWatch watch) throws IOException;

    /** Bytes. */
    static SshInput of(byte[] bytes) {
        return (out, watch) -> {
            out.write(bytes);
            out.flush();
            watch.alive();
        };
    }

    /**
     * A file from a place on.
     *
     * @param sent is told the bytes that have gone over
     */
    static SshInput of(FileChannel file, long from, LongConsumer sent) {
        return (out, watch) -> {
            ByteBuffer piece = ByteBuffer.allocate(1 << 18);
            long at = from;
            for (int n = file.read(piece, at); n > 0; n = file.read(piece.clear(), at)) {
                out.write(piece.array(), 0, n);
                at += n;
                watch.alive();
                sent.accept(at - from);
            }
            out.flush();
        };
    }
}
