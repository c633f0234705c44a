package dev.melt.core.model.synth;

import dev.melt.core.gguf.GgmlType;
import java.nio.ByteBuffer;

/**
 * Writes blocks of random weights whose standard deviation is as asked for. The quantised digits are random bits; only the
 * scales are set. Their sign is random, so that formats without a middle (four bits reach from −8 to 7) still have mean 0.
 */
final class RandomBlocks {
    /** What the digits of each type spread over when the scale is 1. */
    private static double spread(GgmlType type) {
        return switch (type) {
            case F16 -> 1 / Math.sqrt(3);
            case Q8_0 -> 73.9;
            case Q4_0 -> 4.64;
            case Q5_0 -> 9.25;
            case Q5_1 -> 9.23;
            case IQ4_NL -> 67.4;
            case Q3_K -> 43.3;
            case Q4_K -> 74.5;
            case Q5_K -> 149.3;
            case Q6_K -> 144.9;
            default -> throw new IllegalArgumentException("no random blocks of " + type);
        };
    }

    private final GgmlType type;
    private final float scale;
    private final SplitMix random;

    /** @param deviation standard deviation of the weights */
    RandomBlocks(GgmlType type, double deviation, SplitMix random) {
        this.type = type;
        this.scale = (float) (deviation / spread(type));
        this.random = random;
    }

    /** Fills the buffer, little-endian and as long as whole blocks are, from its start to its limit. */
    void fill(ByteBuffer buffer) {
        int bytes = buffer.limit();
        int at = 0;
        for (; at + 8 <= bytes; at += 8) {
            buffer.putLong(at, random.next());
        }
        for (; at < bytes; at++) {
            buffer.put(at, (byte) random.next());
        }
        for (int block = 0; block < bytes; block += type.blockBytes()) {
            setScales(buffer, block);
        }
    }

    private void setScales(ByteBuffer buffer, int at) {
        float d = random.between(0.75f, 1.25f) * scale * (random.next() < 0 ? -1 : 1);
        switch (type) {
            case F16 -> buffer.putShort(at, Half.bits(random.between(-scale, scale)));
            case Q8_0, Q4_0, Q5_0, IQ4_NL -> buffer.putShort(at, Half.bits(d));
            case Q5_1 -> scaleAndLeast(buffer, at, d, -15.5f * d);
            case Q3_K -> buffer.putShort(at + 108, Half.bits(d));
            case Q4_K -> {
                scaleAndLeast(buffer, at, d, 7.5f * d);
                packScales(buffer, at + 4);
            }
            case Q5_K -> {
                scaleAndLeast(buffer, at, d, 15.5f * d);
                packScales(buffer, at + 4);
            }
            case Q6_K -> {
                for (int i = 192; i < 208; i++) {
                    buffer.put(at + i, (byte) (4 + (buffer.get(at + i) & 7)));
                }
                buffer.putShort(at + 208, Half.bits(d));
            }
            default -> throw new IllegalStateException("no random blocks of " + type);
        }
    }

    private static void scaleAndLeast(ByteBuffer buffer, int at, float scale, float least) {
        buffer.putShort(at, Half.bits(scale));
        buffer.putShort(at + 2, Half.bits(least));
    }

    /** Eight 6-bit scales from 8 to 23 and equal minima, packed into twelve bytes as Q4_K and Q5_K have them. */
    private void packScales(ByteBuffer buffer, int at) {
        long bits = random.next();
        for (int i = 0; i < 4; i++) {
            int low = 8 + (int) ((bits >>> (8 * i)) & 15);
            int high = 8 + (int) ((bits >>> (8 * i + 4)) & 15);
            byte packedLow = (byte) (low | ((high >> 4) << 6));
            buffer.put(at + i, packedLow);
            buffer.put(at + i + 4, packedLow);
            buffer.put(at + i + 8, (byte) ((high & 15) | ((high & 15) << 4)));
        }
    }
}
