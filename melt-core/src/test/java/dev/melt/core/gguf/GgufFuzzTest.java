package dev.melt.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages a good file in many ways; whatever is not read must be refused, and never otherwise than with a message. */
class GgufFuzzTest {
    private static final long[] NASTY = {0, 1, -1, 31, 255, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40
    };

    @TempDir
    Path folder;

    @Test
    void refusesTheFileCutAtEveryByte() throws IOException {
        byte[] good = good();
        for (int length = 0; length < good.length; length++) {
            Throwable thrown = read(Arrays.copyOf(good, length));
            assertThat(thrown).as("cut at %d", length).isInstanceOf(InvalidInputException.class);
        }
        assertThat(read(good)).isNull();
    }

    @Test
    void saysNothingButARefusalOfNastyNumbersAnywhere() throws IOException {
        byte[] good = good();
        for (int at = 0; at + 8 <= good.length; at++) {
            for (long nasty : NASTY) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putLong(at, nasty);
                onlyARefusal(read(bad), "number " + nasty + " at " + at);
            }
        }
    }

    @Test
    void saysNothingButARefusalOfRandomDamage() throws IOException {
        byte[] good = good();
        SplittableRandom random = new SplittableRandom(20261120);
        for (int round = 0; round < 1000; round++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            onlyARefusal(read(bad), "round " + round);
        }
    }

    private static void onlyARefusal(Throwable thrown, String what) {
        if (thrown != null) {
            assertThat(thrown).as(what).isInstanceOf(InvalidInputException.class);
        }
    }

    @SuppressWarnings("NullAway") // AssertJ gives null when nothing was thrown
    private Throwable read(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("damaged.gguf"), bytes);
        return catchThrowable(() -> GgufFile.read(path));
    }

    private byte[] good() throws IOException {
        GgufHeader header = new GgufHeader()
                .text("general.architecture", "llama")
                .u32("general.alignment", 32)
                .flag("f", true)
                .texts("tokens", 70, i -> "t" + i)
                .i32s("kinds", 5, i -> i)
                .tensor("a", GgmlType.Q8_0, 32, 2)
                .tensor("b", GgmlType.F32, 3);
        Path path = folder.resolve("good.gguf");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            header.writeTo(channel);
            channel.write(ByteBuffer.allocate(96 + 12));
        }
        return Files.readAllBytes(path);
    }
}
