package dev.melt.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GgufFileTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryTypeOfValue() throws IOException {
        GgufBytes bytes = GgufBytes.header(2, 0, 13)
                .text("a")
                .i32(0)
                .u8(255)
                .text("b")
                .i32(1)
                .u8(255)
                .text("c")
                .i32(2)
                .u8(0xff)
                .u8(0xff)
                .text("d")
                .i32(3)
                .u8(0xfe)
                .u8(0xff)
                .text("e")
                .i32(4)
                .i32(-1)
                .text("f")
                .i32(5)
                .i32(-1)
                .text("g")
                .i32(6)
                .i32(Float.floatToIntBits(1.5f))
                .text("h")
                .i32(7)
                .u8(1)
                .text("i")
                .i32(8)
                .text("größer")
                .text("j")
                .i32(9)
                .i32(9)
                .i64(1)
                .i32(4)
                .i64(2)
                .i32(7)
                .i32(8)
                .text("k")
                .i32(10)
                .i64(-1)
                .text("l")
                .i32(11)
                .i64(-1)
                .text("m")
                .i32(12)
                .i64(Double.doubleToLongBits(2.5));

        GgufFile file = GgufFile.read(write(bytes));

        assertThat(file.version()).isEqualTo(2);
        assertThat(file.metadata().values())
                .extracting(Object::toString)
                .containsExactly(
                        "255",
                        "-1",
                        "65535",
                        "-2",
                        "4294967295",
                        "-1",
                        "1.5",
                        "true",
                        "größer",
                        "[[7, 8]]",
                        "18446744073709551615",
                        "-1",
                        "2.5");
    }

    @Test
    void readsBackWhatTheHeaderWriterWrote() throws IOException {
        GgufHeader header = new GgufHeader()
                .text("general.architecture", "llama")
                .u32("llama.block_count", 3)
                .i64("seed", -5)
                .f32("llama.rope.freq_base", 1e6)
                .flag("melt.synthetic", true)
                .texts("tokens", 500, i -> "token" + i)
                .f32s("scores", 3, i -> -1f * i)
                .i32s("kinds", 2, i -> i)
                .tensor("a", GgmlType.Q4_0, 64, 3)
                .tensor("b", GgmlType.F32, 5);
        Path path = write(header);

        GgufFile file = GgufFile.read(path);

        assertThat(file.architecture()).contains("llama");
        assertThat(file.whole("llama.block_count")).hasValue(3);
        assertThat(file.whole("seed")).hasValue(-5);
        assertThat(file.real("llama.rope.freq_base")).hasValue(1e6);
        assertThat(file.synthetic()).isTrue();
        assertThat(file.array("tokens").orElseThrow().length()).isEqualTo(500);
        assertThat(file.array("tokens").orElseThrow().complete()).isFalse();
        assertThat(file.array("kinds").orElseThrow().complete()).isTrue();
        assertThat(file.tensors()).isEqualTo(header.tensors());
        assertThat(file.dataStart()).isEqualTo(header.headerBytes());
        assertThat(file.parameters()).isEqualTo(64 * 3 + 5);
    }

    @Test
    void tellsHowMuchOfATruncatedFileIsMissing() throws IOException {
        Path path = write(new GgufHeader().tensor("a", GgmlType.F32, 1_000_000));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(3_000_064);
        }

        refuses(() -> GgufFile.read(path), "model.gguf", "4,000,000 bytes of tensor data expected", "3,000,000 there");
    }

    @Test
    void takesAFileWhoseLastByteIsThereAndRefusesOneWithout() throws IOException {
        GgufBytes whole =
                GgufBytes.header(3, 1, 0).tensor("a", 0, 0, 1).zeros(7).zeros(4);
        byte[] bytes = whole.bytes();
        assertThat(GgufFile.read(write(bytes)).tensors()).hasSize(1);

        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        refuses(() -> GgufFile.read(write(cut)), "4 bytes of tensor data expected", "3 there");
    }

    @Test
    void refusesAFolderAndAMissingFile() {
        refuses(() -> GgufFile.read(folder), "a folder found");
        refuses(() -> GgufFile.read(folder.resolve("none.gguf")), "no such file");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWhatIsHostileOrDamaged(String part, GgufBytes bytes) throws IOException {
        Path path = write(bytes);
        refuses(() -> GgufFile.read(path), "model.gguf: ", part);
    }

    static Stream<Arguments> hostile() {
        long huge = Long.MAX_VALUE;
        return Stream.of(
                Arguments.of("0 there", new GgufBytes()),
                Arguments.of("'GGUF'", new GgufBytes().ascii("<html>not a model</html>")),
                Arguments.of("big-endian", GgufBytes.header(0x03000000, 0, 0)),
                Arguments.of("version 1 found", GgufBytes.header(1, 0, 0)),
                Arguments.of("version 4 found", GgufBytes.header(4, 0, 0)),
                Arguments.of("tensors fit", GgufBytes.header(3, huge, 0)),
                Arguments.of("tensors fit", GgufBytes.header(3, -1, 0)),
                Arguments.of("18446744073709551615 claimed", GgufBytes.header(3, -1, 0)),
                Arguments.of("metadata entries fit", GgufBytes.header(3, 0, huge)),
                Arguments.of(
                        "metadata key of at most",
                        GgufBytes.header(3, 0, 1).i64(huge).zeros(99)),
                Arguments.of(
                        "a metadata key needs",
                        GgufBytes.header(3, 0, 1).i64(500).zeros(99)),
                Arguments.of("the text of 'k'", entry("k", 8).i64(huge)),
                Arguments.of("the text of 'k'", entry("k", 8).i64(100)),
                Arguments.of("type from 0 to 12", entry("k", 13).zeros(9)),
                Arguments.of("elements of 'k' fit", entry("k", 9).i32(6).i64(huge)),
                Arguments.of("elements of 'k' fit", entry("k", 9).i32(8).i64(-1)),
                Arguments.of("an element of 'k'", manyTexts()),
                Arguments.of("nested", nested(5)),
                Arguments.of(
                        "'k' twice",
                        GgufBytes.header(3, 0, 2)
                                .text("k")
                                .i32(0)
                                .u8(1)
                                .text("k")
                                .i32(0)
                                .u8(1)),
                Arguments.of("power of two", entry("general.alignment", 4).i32(48)),
                Arguments.of("power of two", entry("general.alignment", 4).i32(0)),
                Arguments.of("power of two", entry("general.alignment", 8).text("32")),
                Arguments.of(
                        "a tensor's name",
                        GgufBytes.header(3, 1, 0).text("n".repeat(64)).zeros(40)),
                Arguments.of(
                        "'a' twice",
                        GgufBytes.header(3, 2, 0).tensor("a", 0, 0, 1).tensor("a", 0, 32, 1)),
                Arguments.of(
                        "one to four",
                        GgufBytes.header(3, 1, 0).text("a").i32(0).zeros(40)),
                Arguments.of(
                        "one to four",
                        GgufBytes.header(3, 1, 0).text("a").i32(5).zeros(60)),
                Arguments.of("product fits", GgufBytes.header(3, 1, 0).tensor("a", 0, 0, huge, 3)),
                Arguments.of("product fits", GgufBytes.header(3, 1, 0).tensor("a", 0, 0, 4, -4)),
                Arguments.of("product fits", GgufBytes.header(3, 1, 0).tensor("a", 0, 0, 0, 4)),
                Arguments.of("fits into a file", GgufBytes.header(3, 1, 0).tensor("a", 0, 0, huge)),
                Arguments.of("whole blocks of 32", GgufBytes.header(3, 1, 0).tensor("a", 2, 0, 33)),
                Arguments.of("offset 0 expected", GgufBytes.header(3, 1, 0).tensor("a", 0, 32, 1)),
                Arguments.of(
                        "offset 32 expected",
                        GgufBytes.header(3, 2, 0).tensor("a", 0, 0, 1).tensor("b", 0, 0, 1)),
                Arguments.of(
                        "expected",
                        GgufBytes.header(3, 2, 0).tensor("a", 77, 0, 1).tensor("b", 0, huge, 1)));
    }

    private static GgufBytes entry(String key, int type) {
        return GgufBytes.header(3, 0, 1).text(key).i32(type);
    }

    private static GgufBytes manyTexts() {
        GgufBytes bytes = entry("k", 9).i32(8).i64(65);
        for (int i = 0; i < 64; i++) {
            bytes.text("x");
        }
        return bytes.i64(Long.MAX_VALUE);
    }

    private static GgufBytes nested(int depth) {
        GgufBytes bytes = entry("k", 9);
        for (int i = 1; i < depth; i++) {
            bytes.i32(9).i64(1);
        }
        return bytes.i32(0).i64(1).zeros(20);
    }

    private static void refuses(ThrowingCallable read, String... parts) {
        assertThatThrownBy(read)
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(List.of(parts));
    }

    private Path write(GgufHeader header) throws IOException {
        Path path = folder.resolve("model.gguf");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long data = header.writeTo(channel);
            channel.truncate(data);
            channel.write(java.nio.ByteBuffer.allocate(1), data + header.dataBytes() - 1);
        }
        return path;
    }

    private Path write(GgufBytes bytes) throws IOException {
        return write(bytes.bytes());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.gguf"), bytes);
    }
}
