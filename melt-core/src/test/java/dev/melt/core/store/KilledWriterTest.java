package dev.melt.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
    private static final int SAMPLES = 20_000;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void losesNoTrialThatWasSavedWhenTheWriterIsKilled() throws IOException, InterruptedException {
        Path file = folder.resolve("melt.db");
        List<String> saved = runAndKill(file, 5);

        try (RunStore store = SqliteRunStore.open(file, Clock.systemUTC(), Duration.ofSeconds(10))) {
            store.verify();
            assertThat(saved).hasSizeGreaterThanOrEqualTo(5);
            for (StoredTrial trial : store.trials(store.runs().get(0).id())) {
                boolean whole = trial.state() == TrialState.DONE;
                assertThat(whole || !saved.contains(trial.id()))
                        .as(trial.id() + " is kept")
                        .isTrue();
                assertThat(store.series(trial.id(), Samples.HEAT)
                                .map(series -> series.size())
                                .orElse(0))
                        .isEqualTo(whole ? SAMPLES : 0);
            }
        }
    }

    private static List<String> runAndKill(Path file, int after) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> saved = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader(UTF_8)) {
            while (saved.size() < after) {
                String line = lines.readLine();
                assertThat(line).as("the writer goes on").isNotNull();
                saved.add(line);
            }
            // not Process.destroyForcibly, which closes the pipe that has more lines
            writer.toHandle().destroyForcibly();
            lines.lines().forEach(saved::add);
        }
        assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return saved;
    }

    /** Saves one trial after another until it is killed, and says which. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            try (RunStore store = SqliteRunStore.open(Path.of(args[0]), Clock.systemUTC(), Duration.ofSeconds(10))) {
                for (StoredTrial trial :
                        store.trials(store.createRun(Samples.run(500)).id())) {
                    store.markStarted(trial.id(), 1);
                    store.saveResult(Samples.large(trial.id(), SAMPLES));
                    System.out.println(trial.id());
                }
            }
        }
    }
}
