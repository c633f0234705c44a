package dev.melt.embedded.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFilesTest {
    @TempDir
    Path folder;

    @Test
    void takesOutBothLibrariesAndFindsThemAgain() throws IOException {
        NativeFiles first = NativeFiles.in(folder);
        Object written = Files.getLastModifiedTime(first.llama());

        assertThat(NativeFiles.in(folder)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.llama())).isEqualTo(written);
        assertThat(first.jnaFolder().resolve("libjnidispatch.so")).isRegularFile();
    }

    @Test
    void manyAtOnceGetTheSameWholeLibrary() throws IOException {
        List<NativeFiles> all = Stream.generate(() -> folder)
                .limit(4)
                .parallel()
                .map(NativeFiles::in)
                .toList();

        assertThat(all).containsOnly(all.get(0));
        try (Stream<Path> left = Files.list(all.get(0).jnaFolder())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("libjllama.so", "libjnidispatch.so");
        }
    }

    @Test
    void makesTheFolderForItsOwnerOnly() throws IOException {
        Path made = NativeFiles.in(folder).jnaFolder();

        assertThat(Files.getPosixFilePermissions(made))
                .allMatch(permission -> permission.name().startsWith("OWNER"));
    }
}
