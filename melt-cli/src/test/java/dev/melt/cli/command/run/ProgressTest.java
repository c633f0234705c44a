package dev.melt.cli.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.run.RunProgress;
import dev.melt.core.trial.TrialRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final RunProgress STARTED = new RunProgress.TrialStarted(
            "r-t001",
            2,
            5,
            "local/tiny/pp64-tg32",
            TrialRole.MEASURED,
            false,
            Optional.of(Duration.ofSeconds(75)),
            OptionalDouble.of(41.26));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void saysWhichTrialRunsHowLongItTakesAndHowWarmItIs() {
        new ProgressLines(out, false).happened(STARTED);

        assertThat(text()).isEqualTo("trial 2 of 5 local/tiny/pp64-tg32, 41.3 degC, about 1 min 15 s left\n");
    }

    @Test
    void withoutATerminalNothingIsDrawnOver() {
        ProgressLines lines = new ProgressLines(out, false);
        lines.happened(STARTED);
        lines.happened(new RunProgress.TrialRunning("r-t001", Duration.ofSeconds(3)));
        lines.happened(new RunProgress.TrialFinished("r-t001", 2, 5, Outcome.CRASHED, "ended by signal 11", List.of()));

        assertThat(text())
                .doesNotContain("\r", "\u001b", "3.0 s")
                .endsWith("trial 2 of 5: CRASHED, ended by signal 11\n");
    }

    @Test
    void onATerminalARunningTrialIsOneLine() {
        ProgressLines lines = new ProgressLines(out, true);
        lines.happened(STARTED);
        lines.happened(new RunProgress.TrialRunning("r-t001", Duration.ofSeconds(3)));

        assertThat(text()).doesNotContain("\n").endsWith("left, 3.0 s");
    }

    @Test
    void tellsTheRateAndTheTimeLeftOfALongPush() {
        long[] seconds = {0};
        ProgressLines lines = new ProgressLines(out, false, () -> seconds[0] * 1_000_000_000L);
        for (; seconds[0] <= 21; seconds[0]++) {
            // slow at the beginning: only the last seconds count
            long done = seconds[0] < 6 ? seconds[0] * 1_000_000 : 5_000_000 + (seconds[0] - 5) * 50_000_000;
            lines.happened(new RunProgress.Pushing("m.gguf", done, 2_000_000_000));
        }

        assertThat(text()).isEqualTo("""
                        bringing m.gguf onto the device, 12 %, 50.0 MB/s, about 34.9 s left
                        bringing m.gguf onto the device, 37 %, 50.0 MB/s, about 24.9 s left
                        """);
    }

    @Test
    void aPushThatIsSoonOverIsNotTold() {
        ProgressLines lines = new ProgressLines(out, false, () -> 0);
        lines.happened(new RunProgress.Pushing("m.gguf", 10, 100));
        lines.happened(new RunProgress.Pushing("m.gguf", 100, 100));

        assertThat(text()).isEmpty();
    }

    @Test
    void noTimeIsEstimatedAtTheStartOfAPush() {
        long[] millis = {0};
        ProgressLines lines = new ProgressLines(out, true, () -> millis[0] * 1_000_000L);
        lines.happened(new RunProgress.Pushing("m.gguf", 0, 100_000_000));
        millis[0] = 300;
        lines.happened(new RunProgress.Pushing("m.gguf", 10_000_000, 100_000_000));
        assertThat(text()).endsWith("bringing m.gguf onto the device, 10 %");
        millis[0] = 2000;
        lines.happened(new RunProgress.Pushing("m.gguf", 50_000_000, 100_000_000));
        assertThat(text()).endsWith("50 %, 25.0 MB/s, about 2.0 s left");
    }

    @Test
    void aPushThatBeginsAgainIsMeasuredAnew() {
        long[] seconds = {0};
        ProgressLines lines = new ProgressLines(out, true, () -> seconds[0] * 1_000_000_000L);
        lines.happened(new RunProgress.Pushing("m.gguf", 0, 100_000_000));
        seconds[0] = 2;
        lines.happened(new RunProgress.Pushing("m.gguf", 80_000_000, 100_000_000));
        seconds[0] = 3;
        lines.happened(new RunProgress.Pushing("m.gguf", 60_000_000, 100_000_000));
        seconds[0] = 4;
        lines.happened(new RunProgress.Pushing("m.gguf", 70_000_000, 100_000_000));
        assertThat(text()).endsWith("70 %, 10.0 MB/s, about 3.0 s left");
    }

    @Test
    void aCauseCannotCommandTheTerminal() {
        new ProgressLines(out, false)
                .happened(new RunProgress.TrialFinished("t", 1, 1, Outcome.CRASHED, "\u001b[2Jgone\n", List.of()));

        assertThat(text()).isEqualTo("trial 1 of 1: CRASHED, ?[2Jgone?\n");
    }

    @Test
    void everyEventIsOneLineOfJson() throws IOException {
        ProgressEvents events = new ProgressEvents(out, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        events.happened(STARTED);
        events.happened(new RunProgress.RunFinished("r", Map.of(Outcome.OK, 5), Duration.ofMillis(1500)));

        String[] lines = text().split("\n");
        JsonNode started = new ObjectMapper().readTree(lines[0]);
        assertThat(lines).hasSize(2);
        assertThat(started.path("event").asText()).isEqualTo("trial_started");
        assertThat(started.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(started.path("remaining").asDouble()).isEqualTo(75.0);
        assertThat(started.path("temperature_celsius").asDouble()).isEqualTo(41.26);
        assertThat(new ObjectMapper()
                        .readTree(lines[1])
                        .path("outcomes")
                        .path("OK")
                        .asInt())
                .isEqualTo(5);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
