package dev.melt.core.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.binary.FileContent.Elf;
import dev.melt.core.binary.FileContent.MachO;
import dev.melt.core.binary.FileContent.Role;
import dev.melt.core.binary.FileContent.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are damaged in many ways: whatever is in them, the answer is a value. */
class BinaryReaderTest {
    private static final long[] NASTY = {
        0, 1, -1, 4095, 4097, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40
    };

    @TempDir
    Path folder;

    private FileContent read(byte[] bytes) throws IOException {
        return BinaryReader.read(Files.write(folder.resolve("file"), bytes));
    }

    @Test
    void readsAProgramOfLinux() throws IOException {
        Elf elf = (Elf) read(TestingElf.program(TestingElf.X86_64, "libllama.so", "libc.so.6")
                .bytes());

        assertThat(elf.bits()).isEqualTo(64);
        assertThat(elf.machine()).contains(Machine.X86_64);
        assertThat(elf.role()).isEqualTo(Role.PROGRAM);
        assertThat(elf.needed()).containsExactly("libllama.so", "libc.so.6");
        assertThat(elf.interpreter()).contains("/lib64/ld-linux.so.2");
        assertThat(elf.androidApi()).isEmpty();
    }

    @Test
    void readsALibrary() throws IOException {
        Elf elf = (Elf) read(TestingElf.library(TestingElf.AARCH64, "libggml.so.0", "libm.so.6")
                .bytes());

        assertThat(elf.role()).isEqualTo(Role.LIBRARY);
        assertThat(elf.soname()).contains("libggml.so.0");
        assertThat(elf.machine()).contains(Machine.AARCH64);
    }

    @Test
    void readsForWhichAndroidAProgramWasBuilt() throws IOException {
        assertThat(((Elf) read(TestingElf.android(28).bytes())).androidApi()).hasValue(28);
    }

    @Test
    void readsAProgramOfAnIphone() throws IOException {
        MachO machO = (MachO) read(TestingMachO.program(TestingMachO.ARM64, TestingMachO.IOS, "@rpath/libx.dylib"));

        Slice slice = machO.slices().get(0);
        assertThat(slice.machine()).contains(Machine.AARCH64);
        assertThat(slice.platform()).contains("ios");
        assertThat(slice.libraries()).containsExactly("@rpath/libx.dylib");
        assertThat(slice.role()).isEqualTo(Role.PROGRAM);
    }

    @Test
    void readsBothPartsOfAFatFile() throws IOException {
        MachO machO = (MachO) read(TestingMachO.fat(List.of(
                TestingMachO.program(TestingMachO.X86_64, TestingMachO.MACOS),
                TestingMachO.program(TestingMachO.ARM64, TestingMachO.MACOS))));

        assertThat(machO.slices())
                .extracting(slice -> slice.machine().orElseThrow())
                .containsExactly(Machine.X86_64, Machine.AARCH64);
    }

    @Test
    void tellsScriptsAndDataFromPrograms() throws IOException {
        assertThat(read("#!/bin/sh\necho\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new FileContent.Script("/bin/sh"));
        assertThat(read(new byte[] {'G', 'G', 'U', 'F', 3})).isEqualTo(new FileContent.Data());
        assertThat(read(new byte[0])).isEqualTo(new FileContent.Data());
    }

    @Test
    void takesAJavaClassForData() throws IOException {
        byte[] javaClass = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61, 0, 10};

        assertThat(read(javaClass)).isEqualTo(new FileContent.Data());
    }

    @Test
    void readsARealProgramOfThisHost() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        FileContent content = BinaryReader.read(java.toRealPath());

        assertThat(content).isInstanceOfAny(Elf.class, MachO.class, FileContent.Data.class);
    }

    @Test
    void saysThatACutFileIsDamaged() throws IOException {
        byte[] good = TestingElf.program(TestingElf.X86_64, "libc.so.6").bytes();
        for (int length = 4; length < good.length; length++) {
            assertThat(read(Arrays.copyOf(good, length)))
                    .as("cut at %d", length)
                    .isInstanceOf(FileContent.Damaged.class);
        }
        assertThat(read(good)).isInstanceOf(Elf.class);
    }

    @Test
    void survivesNastyNumbersAnywhere() throws IOException {
        for (byte[] good : goods()) {
            for (int at = 4; at + 8 <= good.length; at += 2) {
                for (long nasty : NASTY) {
                    byte[] bad = good.clone();
                    ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putLong(at, nasty);
                    assertThat(read(bad)).isNotNull();
                }
            }
        }
    }

    @Test
    void survivesRandomDamage() throws IOException {
        SplittableRandom random = new SplittableRandom(20261120);
        for (byte[] good : goods()) {
            for (int round = 0; round < 500; round++) {
                byte[] bad = good.clone();
                for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                    bad[random.nextInt(4, bad.length)] = (byte) random.nextInt();
                }
                assertThat(read(bad)).isNotNull();
            }
        }
    }

    private static List<byte[]> goods() {
        return List.of(
                TestingElf.android(28, "libc.so", "liblog.so").bytes(),
                TestingMachO.fat(List.of(
                        TestingMachO.program(TestingMachO.ARM64, TestingMachO.IOS, "/usr/lib/libSystem.B.dylib"))));
    }

    @Test
    void readsNoTableThatClaimsToBeHuge() throws IOException {
        byte[] bytes = TestingElf.program(TestingElf.X86_64, "libc.so.6").bytes();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(56, (short) 0xFFFF);

        assertThat(read(bytes)).isInstanceOf(FileContent.Damaged.class);
    }
}
