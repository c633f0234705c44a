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
