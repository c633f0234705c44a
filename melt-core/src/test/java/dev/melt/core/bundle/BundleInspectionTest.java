package dev.melt.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.binary.TestingElf;
import dev.melt.core.binary.TestingMachO;
import dev.melt.core.engine.Abi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class BundleInspectionTest {
    @TempDir
    Path folder;

    private TestingBundles build = new TestingBundles(Path.of("."));

    @BeforeEach
    void open() {
        build = new TestingBundles(folder);
    }

    private List<BundleFinding> inspect(Abi abi, String more) throws IOException {
        build.file(
                BundleDeclaration.FILE,
                "engine: llama.cpp\nversion: b1\nabi: " + abi.word() + "\nbackend: cpu\n" + more);
        return BundleInspection.of(build.read()).findings();
    }

    private List<String> faults(Abi abi, String more) throws IOException {
        return inspect(abi, more).stream()
                .filter(BundleFinding::isFault)
                .map(fault -> fault.file() + " " + fault.finding())
                .toList();
    }

    @Test
    void findsNothingWrongWithAWholeBundle() throws IOException {
        TestingElf.program(TestingElf.X86_64, "libggml.so", "libc.so.6").write(folder.resolve("bin/run"));
        TestingElf.library(TestingElf.X86_64, "libggml.so", "libstdc++.so.6").write(folder.resolve("lib/libggml.so.1"));

        assertThat(inspect(Abi.X86_64_LINUX, "")).isEmpty();
    }

    @Test
    void namesALibraryThatIsMissing() throws IOException {
        TestingElf.program(TestingElf.X86_64, "libgone.so").write(folder.resolve("run"));

        assertThat(faults(Abi.X86_64_LINUX, "")).containsExactly("run needs libgone.so, which is not there");
        assertThat(faults(Abi.X86_64_LINUX, "expects: [libgone.so]\n")).isEmpty();
    }

    @Test
    void notesWhatTheDevicesVendorHasToBring() throws IOException {
        TestingElf.program(TestingElf.AARCH64, "libcuda.so.1", "libcublas.so.12")
                .write(folder.resolve("run"));

        assertThat(inspect(Abi.AARCH64_LINUX, ""))
                .extracting(BundleFinding::finding)
                .containsExactly(
                        "libcuda.so.1 expected on the device, from its vendor",
                        "libcublas.so.12 expected on the device, from its vendor");
    }

    @Test
    void refusesAnotherProcessor() throws IOException {
        TestingElf.program(TestingElf.AARCH64, "libc.so.6").write(folder.resolve("run"));

        assertThat(faults(Abi.X86_64_LINUX, "")).containsExactly("run built for aarch64, while abi is x86_64-linux");
    }

    @Test
    void tellsAProgramOfAndroidFromOneOfLinux() throws IOException {
        TestingElf.android(28, "libc.so", "liblog.so").write(folder.resolve("run"));

        assertThat(inspect(Abi.ARM64_ANDROID, ""))
                .extracting(BundleFinding::finding)
                .containsExactly("needs Android API level 28 or newer");
        assertThat(faults(Abi.AARCH64_LINUX, ""))
                .contains("run its loader is /system/bin/linker64, which Linux does not have");
    }

    @Test
    void saysWhereTheUsualMissingLibrariesOfAndroidComeFrom() throws IOException {
        TestingElf.android(28, "libc++_shared.so").write(folder.resolve("run"));

        assertThat(inspect(Abi.ARM64_ANDROID, "").get(0).advice()).contains("NDK", "c++_static");
    }

    @Test
    void wantsTheExecutableBitOnProgramsAndNoneOnData() throws IOException {
        TestingElf.program(TestingElf.X86_64, "libc.so.6").write(folder.resolve("run"));
        build.file("notes.txt", "x");

        assertThat(faults(Abi.X86_64_LINUX, "executable: [notes.txt]\n"))
                .containsExactly(
                        "notes.txt marked executable, but neither a program nor a script",
                        "run a program that is not marked executable");
    }

    @Test
    void takesAScriptForAProgram() throws IOException {
        build.program("run", "#!/bin/sh\nexit 0\n");

        assertThat(inspect(Abi.ANY, "")).isEmpty();
    }

    @Test
    void tellsWhatIsDamaged() throws IOException {
        Files.write(folder.resolve("run"), new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0});

        assertThat(faults(Abi.X86_64_LINUX, "")).singleElement().asString().startsWith("run damaged: ");
    }

    @Test
    void wantsTheRightPartInAFatFile() throws IOException {
        byte[] fat = TestingMachO.fat(List.of(
                TestingMachO.program(TestingMachO.X86_64, TestingMachO.MACOS, "/usr/lib/libSystem.B.dylib"),
                TestingMachO.program(TestingMachO.ARM64, TestingMachO.MACOS, "@rpath/libgone.dylib")));
        Files.write(folder.resolve("run"), fat);

        assertThat(faults(Abi.X86_64_MACOS, "executable: [run]\n")).isEmpty();
        assertThat(faults(Abi.ARM64_MACOS, "executable: [run]\n"))
                .containsExactly("run needs @rpath/libgone.dylib, which is not there");
        assertThat(faults(Abi.ARM64_IOS, "executable: [run]\n"))
                .contains("run built for macos, while abi is arm64-ios");
        assertThat(faults(Abi.X86_64_LINUX, "executable: [run]\n"))
                .contains("run a Mach-O file, which x86_64-linux cannot load");
    }

    @Test
    void holdsWhatAProgramSaysOfItsVersionAgainstTheYaml() throws IOException {
        build.program("run", "#!/bin/sh\n").file(BundleDeclaration.FILE, TestingBundles.HEAD);
        DescribedBundle described = build.read();
        BundleInspection inspection = BundleInspection.of(described);

        assertThat(inspection
                        .withVersion(described.bundle(), Optional.of(new VersionProbe.Answer("run", "1")))
                        .faults())
                .isEmpty();
        assertThat(inspection
                        .withVersion(described.bundle(), Optional.of(new VersionProbe.Answer("run", "b2")))
                        .faults())
                .hasSize(1);
    }
}
