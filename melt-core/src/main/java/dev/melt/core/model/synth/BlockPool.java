package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgmlType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * A few megabytes of random blocks from which tensors are cut at random places: every tensor differs, and making one
 * costs no more than writing it. Not thread-safe.
 */
final class BlockPool {
    private static final int POOL_BYTES = 4 << 20;
    private static final int LONGEST_CUT_BYTES = 1 << 20;

    private final ByteBuffer blocks;
    private final int blockBytes;
    private final int blockCount;

    /** Weights such that a row of {@code rowLength} keeps the size of what is multiplied with it. */
    BlockPool(GgmlType type, long rowLength, long seed) {
        blockBytes = type.blockBytes();
        blockCount = POOL_BYTES / blockBytes;
        blocks = ByteBuffer.allocateDirect(blockCount * blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        SplitMix random = SplitMix.of(seed, type + "x" + rowLength);
        new RandomBlocks(type, 1 / Math.sqrt((double) rowLength), random).fill(blocks);
    }

    /** Writes {@code bytes} bytes, whole blocks, cut by the generator's choice. */
    void write(WritableByteChannel channel, long bytes, SplitMix random) throws IOException {
        for (long left = bytes; left > 0; ) {
            int from = random.below(blockCount) * blockBytes;
            int mostBlocks = Math.min(LONGEST_CUT_BYTES, blocks.capacity() - from) / blockBytes;
            int length = (int) Math.min(left, (long) mostBlocks * blockBytes);
            channel.write(blocks.duplicate().position(from).limit(from + length));
            left -= length;
        }
    }
}
