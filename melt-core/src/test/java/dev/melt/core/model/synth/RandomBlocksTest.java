package dev.melt.core.model.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.gguf.GgmlType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBlocksTest {
    @Test
    void spreadsHalvesAsAskedFor() {
        ByteBuffer blocks = filled(GgmlType.F16, 20_000, 0.02);
        double squares = 0;
        for (int i = 0; i < 20_000; i++) {
            squares += Math.pow(Half.value(blocks.getShort(2 * i)), 2);
        }
        assertThat(Math.sqrt(squares / 20_000)).isCloseTo(0.02, within(0.001));
    }

    @Test
    void spreadsFourBitWeightsAsAskedForAroundZero() {
        ByteBuffer blocks = filled(GgmlType.Q4_0, 2000, 0.02);
        double squares = 0;
        double sum = 0;
        for (int block = 0; block < 2000; block++) {
            float d = Half.value(blocks.getShort(18 * block));
            for (int i = 0; i < 16; i++) {
                int both = blocks.get(18 * block + 2 + i);
                for (int digit : new int[] {both & 15, (both >> 4) & 15}) {
                    squares += Math.pow(d * (digit - 8), 2);
                    sum += d * (digit - 8);
                }
            }
        }
        assertThat(Math.sqrt(squares / 64_000)).isCloseTo(0.02, within(0.001));
        assertThat(sum / 64_000).isCloseTo(0, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,15360", "-2,-16384", "65504,31743", "1e9,31743", "6.103515625e-5,1024", "5.9604645e-8,1"})
    void writesHalves(float value, short bits) {
        assertThat(Half.bits(value)).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, -0.333f, 3e-4f, 1234.5f, 2047.9f})
    void losesNoMoreThanHalvesDo(float value) {
        assertThat(Half.value(Half.bits(value))).isCloseTo(value, within(Math.abs(value) / 1024));
    }

    private static ByteBuffer filled(GgmlType type, int blockCount, double deviation) {
        ByteBuffer blocks = ByteBuffer.allocate(blockCount * type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        new RandomBlocks(type, deviation, new SplitMix(5)).fill(blocks);
        return blocks;
    }
}
