package dev.melt.engines.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.EngineOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Output of real binaries of three years, each form and each failure, beside what was checked to be in it. */
class RecordedOutputTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/llama.cpp");

    static List<Path> cases() throws IOException {
        try (Stream<Path> paths = Files.walk(FIXTURES)) {
            return paths.filter(path -> path.endsWith("expected"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatIsThere(Path folder) throws Exception {
        assertThat(LogSummary.of(LlamaCppReading.read(EngineOutput.of(folder))))
                .isEqualTo(Files.readString(folder.resolve("expected")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheSameFromOneFileWithMixedStreams(Path folder) throws Exception {
        Path saved = Files.createTempFile("saved", ".txt");
        try {
            Files.writeString(saved, Noise.around(folder));
            String whole = Files.readString(folder.resolve("expected"));

            if (!figures(whole).isEmpty()) {
                assertThat(figures(LogSummary.of(LlamaCppReading.read(EngineOutput.ofFile(saved)))))
                        .isEqualTo(figures(whole));
            }
        } finally {
            Files.delete(saved);
        }
    }

    private static List<String> figures(String summary) {
        return summary.lines()
                .filter(line -> line.startsWith("turn ") || line.startsWith("figure ") || line.startsWith("engine's"))
                .toList();
    }
}
