package dev.melt.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FileProblemsTest {
    private static final Path FULL = Path.of("/dev/full");

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysSoWhenTheDiskIsFull() {
        IOException failure = catchThrowableOfType(IOException.class, () -> Files.writeString(FULL, "x"));

        assertThat(FileProblems.of(FULL, failure))
                .hasMessageContaining("/dev/full: room to write expected, the disk is full");
    }

    @Test
    void saysSoWhenThereIsNothing() {
        assertThat(FileProblems.of(Path.of("x"), new NoSuchFileException("x"))).hasMessageContaining("there is none");
    }

    @Test
    void repeatsWhatTheSystemSaysOtherwise() {
        assertThat(FileProblems.of(Path.of("x"), new IOException("Input/output error")))
                .hasMessageContaining("the system says: input/output error");
    }
}
