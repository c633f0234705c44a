package dev.melt.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.StatusText;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What host and agent write to each other. */
class AgentTextsTest {
    private static AgentJob job(Map<String, String> environment, Map<String, String> inputs, TelemetryPlan plan) {
        return new AgentJob(
                "t1",
                List.of("engine", "a b"),
                environment,
                inputs,
                plan,
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ofSeconds(60));
    }

    private static TelemetryPlan probe(String reader, String path) {
        return new TelemetryPlan(List.of(new Probe(reader, path, List.of())), List.of());
    }

    @Test
    void writesAJob() {
        Map<String, String> files =
                JobFiles.of(job(Map.of("A", "it's"), Map.of("in", "x"), probe("number", "/sys/a")), "/w/trials/t1");
        assertThat(files.get("job"))
                .isEqualTo(
                        "melt-job=1\nperiod_us=100000\ndeadline_ms=60000\ngrace_ms=2000\ntail_ms=0\nprobe\tnumber\t/sys/a\n");
        assertThat(files.get("command"))
                .isEqualTo("cd /w/trials/t1 || exit 126\nexport A='it'\\''s'\nexec engine 'a b'\n");
        assertThat(files.get("in")).isEqualTo("x");
        assertThat(files.keySet()).last().isEqualTo("job");
    }

    @ParameterizedTest
    @CsvSource({"number,/sys/$(id)", "number,/sys/a b", "'number;id',/sys/a", "keys:a b,/proc/stat"})
    void refusesProbesThatAShellCouldMistake(String reader, String path) {
        AgentJob job = job(Map.of(), Map.of(), probe(reader, path));
        assertThatThrownBy(() -> JobFiles.of(job, "/w")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesVariablesThatAreNone() {
        AgentJob job = job(Map.of("A;id", "x"), Map.of(), TelemetryPlan.NONE);
        assertThatThrownBy(() -> JobFiles.of(job, "/w")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesInputsThatWouldHideTheAgentsOwnFiles() {
        AgentJob job = job(Map.of(), Map.of("status", "state=FINISHED"), TelemetryPlan.NONE);
        assertThatThrownBy(() -> JobFiles.of(job, "/w")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAStatus() {
        AgentStatus status = StatusText.parse("""
                state=FINISHED
                boot_id=b1
                boot_now=b1
                exit=137
                start_ns=5
                end_ns=9
                peak_rss_kb=2
                ticks=3
                missed_ticks=0
                oom_kills=1
                future=x
                """);
        assertThat(status.state()).isEqualTo(AgentStatus.State.FINISHED);
        assertThat(status.exitCode()).hasValue(137);
        assertThat(status.peakRssBytes()).hasValue(2048);
        assertThat(status.oomKills()).hasValue(1);
        assertThat(status.details()).containsEntry("future", "x");
        assertThat(status.rebooted()).isFalse();
    }

    @Test
    void seesThatTheDeviceRestarted() {
        assertThat(StatusText.parse("state=LOST\nboot_id=b1\nboot_now=b2\n").rebooted())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "state=GONE\n", "state=FINISHED\nexit=-1\n", "state=FINISHED\nticks=many\n"})
    void refusesAStatusThatIsNone(String text) {
        assertThatThrownBy(() -> StatusText.parse(text)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void narrowsTheClockOffsetWithEachRound() {
        ClockExchange exchange = new ClockExchange();
        exchange.add(1000, "early_ns=5100\nlate_ns=5900\nbound_ns=10\n", 2000);
        exchange.add(3000, "early_ns=7050\nlate_ns=7900\nbound_ns=10\n", 4000);
        ClockOffset offset = exchange.offset();
        // the first says 3900 to 4100, the second 3900 to 4050
        assertThat(offset.offsetNanos()).isEqualTo(3975);
        assertThat(offset.boundNanos()).isEqualTo(85);
    }

    @Test
    void doesWithoutAnEarlyStamp() {
        ClockExchange exchange = new ClockExchange();
        exchange.add(1000, "late_ns=5500\n", 2000);
        assertThat(exchange.offset().offsetNanos()).isEqualTo(4000);
        assertThat(exchange.offset().boundNanos()).isEqualTo(500);
    }
}
