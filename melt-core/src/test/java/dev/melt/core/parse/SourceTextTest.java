package dev.melt.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTextTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatAWindowsConsoleSaved() throws IOException, UnknownOutputException {
        Path file = Files.write(folder.resolve("a"), "\uFEFFa\r\nb\r\n".getBytes(StandardCharsets.UTF_16LE));

        assertThat(SourceText.ofFile(file)).isEqualTo(SourceText.of("a\nb\n"));
    }

    @Test
    void leavesOutLinesThatAreNoText() {
        SourceText text = SourceText.of("a\n\u0000b\n\tc\n");

        assertThat(text.lines()).containsExactly("a", "\tc");
        assertThat(text.damaged()).isEqualTo(1);
    }

    @Test
    void knowsWhetherTheLastLineHasItsEnd() {
        assertThat(SourceText.of("a\nb").cutIn(1)).isTrue();
        assertThat(SourceText.of("a\nb").cutIn(0)).isFalse();
        assertThat(SourceText.of("a\nb\n").cutIn(1)).isFalse();
    }

    @Test
    void showsTheBeginningOfWhatIsNotKnown() {
        assertThat(SourceText.of("\n  " + "x".repeat(100)).unlike("a dump"))
                .hasMessage("a dump expected, '" + "x".repeat(60) + "...' found");
        assertThat(SourceText.of("").unlike("a dump")).hasMessage("a dump expected, nothing found");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> SourceText.ofFile(folder)).hasMessageContaining("a folder found");
    }
}
