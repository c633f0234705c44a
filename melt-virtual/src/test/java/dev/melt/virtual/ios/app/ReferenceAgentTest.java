package dev.melt.virtual.ios.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

import com.dd.plist.NSNumber;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of the simulated iPhone's app, launched without a phone around it, with the real engine. */
@Timeout(120)
class ReferenceAgentTest {
    @TempDir
    Path folder;

    private AppBench bench;
    private String model;

    @BeforeEach
    void bring() throws IOException {
        bench = new AppBench(folder.resolve("Documents"));
        model = bench.bring(AppBench.model(folder));
    }

    @Test
    void runsATrialWithTheRealEngineAndSamplesBesideIt() throws Exception {
        Path trial = bench.trial("t1", model, 3, ",\"idle_ms\":300");
        PhoneApp.Running life = bench.launch();
        assertThat(life.waitFor()).isZero();
        assertThat(life.isAlive()).isFalse();

        EventLog log = EventLogReader.read(trial.resolve("events.jsonl"));
        assertThat(log.endedWell()).contains(true);
        assertThat(log.turns()).hasSize(3);
        AgentStatus status = bench.status("t1");
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(status.exitCode()).hasValue(0);
        assertThat(status.details()).containsEntry("pid", Long.toString(life.pid()));
        assertThat(status.peakRssBytes().orElseThrow()).isGreaterThan(5_000_000);
        long bound = Long.parseLong(status.details().get("clock_bound_ns"));
        assertThat(bound).isBetween(1L, 10_000_000L);
        Event.Load load = log.events().stream()
                .filter(Event.Load.class::isInstance)
                .map(Event.Load.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(load.startNanos())
                .isBetween(
                        status.startNanos().orElseThrow() - bound,
                        status.endNanos().orElseThrow() + bound);

        SamplesFile samples = SamplesFile.read(trial.resolve("samples.tsv"));
        assertThat(samples.damagedCells() + samples.damagedLines()).isZero();
        assertThat(samples.notes()).contains("clock continuous bound_ns " + bound);
        Series cpu = samples.named("key/2").orElseThrow();
        assertThat(status.ticks()).hasValue(cpu.size());
        assertThat(cpu.atNanos()[0]).isGreaterThanOrEqualTo(status.startNanos().orElseThrow());
        assertThat(cpu.values()).isSorted();
        assertThat(cpu.values()[cpu.size() - 1]).isGreaterThan(1e8);
        assertThat(Arrays.stream(values(samples, 0)).min().orElseThrow()).isPositive();
        assertThat(values(samples, 1)).hasSize(cpu.size());
        assertThat(values(samples, 3)).containsOnly(1);
        assertThat(values(samples, 4)).containsOnly(0.85);
        assertThat(values(samples, 5)).containsOnly(1);
        assertThat(values(samples, 6)).containsOnly(0);
        assertThat(values(samples, 7)).isEmpty();
        assertThat(Files.readAllLines(trial.resolve("samples.tsv")))
                .last()
                .asString()
                .matches("[0-9]+\t-\t.*");
        assertThat(bench.senses.mostProcessors()).isPositive();
        assertThat(bench.senses.mostBytes()).isPositive();
        await().until(() -> bench.senses.processors() == 0);
    }

    private static double[] values(SamplesFile samples, int column) {
        return samples.named("key/" + column).orElseThrow().values();
    }

    @Test
    void keepsToItsScheduleAndCountsTheSlotsThatItLeftOut() throws Exception {
        Path trial = bench.trial("t1", model, 1, ",\"period_us\":1000,\"idle_ms\":200");
        bench.live();

        long origin = 0;
        long last = -1;
        List<Long> late = new ArrayList<>();
        long missed = 0;
        for (String line : Files.readAllLines(trial.resolve("samples.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (line.startsWith("#origin_ns ")) {
                origin = Long.parseLong(line.substring("#origin_ns ".length()));
            } else if (!line.startsWith("#") && !cells[1].equals("-")) {
                long slot = Long.parseLong(cells[1]);
                missed += slot - last - 1;
                last = slot;
                late.add(Long.parseLong(cells[0]) - origin - slot * 1_000_000);
            }
        }
        assertThat(late).allMatch(nanos -> nanos >= 0);
        AgentStatus status = bench.status("t1");
        assertThat(status.details().get("max_late_ns"))
                .isEqualTo(Long.toString(late.stream().max(Long::compare).orElseThrow()));
        assertThat(status.missedTicks().orElseThrow()).isBetween(missed, missed + 1000);
        assertThat(late.stream().sorted().toList().get(late.size() / 2)).isLessThan(5_000_000);
    }

    @Test
    void tellsOfItselfAtEveryLaunch() throws Exception {
        bench.job("{}");
        bench.live();
        Path told = bench.melt.resolve("app.json");
        assertThat(contentOf(told.toFile())).contains("\"launches\":1").contains("\"bundle\":\"dev.melt.agent\"");
        bench.live();
        assertThat(contentOf(told.toFile())).contains("\"launches\":2");
        assertThat(bench.agent.info().get("MeltAgent")).isEqualTo(new NSNumber(1));
        assertThat(String.valueOf(bench.agent.info().get("CFBundleIdentifier"))).isEqualTo("dev.melt.agent");
    }

    @Test
    void runsATrialOnceHoweverOftenItIsLaunched() throws Exception {
        Path trial = bench.trial("t1", model, 1, "");
        bench.live();
        String status = Files.readString(trial.resolve("status"));
        bench.live();
        assertThat(trial.resolve("status")).content().isEqualTo(status);
    }

    @Test
    void endsBetweenTokensWhenItIsTold() throws Exception {
        Path trial = bench.trial("t1", model, 1, "");
        endless(trial);
        PhoneApp.Running life = bench.launch();
        awaitATurn(trial);
        Files.createFile(trial.resolve("stop"));
        assertThat(life.waitFor()).isZero();

        AgentStatus status = bench.status("t1");
        assertThat(status.state()).isEqualTo(State.STOPPED);
        assertThat(status.exitCode()).hasValue(143);
        EventLog log = EventLogReader.read(trial.resolve("events.jsonl"));
        assertThat(log.endedWell()).contains(false);
        assertThat(log.turns()).isNotEmpty();
        assertThat(log.damagedLines()).isZero();
    }

    /** Makes its request one that goes on. */
    private static void endless(Path trial) throws IOException {
        Path request = trial.resolve("request.json");
        String text = Files.readString(request).strip();
        Files.writeString(request, text.substring(0, text.length() - 1) + ", \"repeat\": {\"seconds\": 600}}");
    }

    private static void awaitATurn(Path trial) {
        Path events = trial.resolve("events.jsonl");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(events) && Files.readString(events).contains("turn_end"));
    }

    @Test
    void endsAtItsDeadline() throws Exception {
        Path trial = bench.trial("t1", model, 1, ",\"deadline_ms\":2500");
        endless(trial);
        bench.live();
        AgentStatus status = bench.status("t1");
        assertThat(status.state()).isEqualTo(State.DEADLINE);
        assertThat(status.endNanos().orElseThrow() - status.startNanos().orElseThrow())
                .isBetween(2_500_000_000L, 20_000_000_000L);
    }

    @Test
    void doesNotStartAnEngineThatIsStoppedBefore() throws Exception {
        Path trial = bench.trial("t1", model, 1, ",\"idle_ms\":60000");
        PhoneApp.Running life = bench.launch();
        await().until(() -> Files.exists(trial.resolve("samples.tsv")));
        Files.createFile(trial.resolve("stop"));
        assertThat(life.waitFor()).isZero();
        assertThat(bench.status("t1").state()).isEqualTo(State.STOPPED);
        assertThat(trial.resolve("events.jsonl")).doesNotExist();
    }

    @Test
    void beatsEachSecondAndFallsSilentWhenItIsKilled() throws Exception {
        Path trial = bench.trial("t1", model, 1, "");
        endless(trial);
        PhoneApp.Running life = bench.launch();
        awaitATurn(trial);
        String first = beat();
        await().atMost(Duration.ofSeconds(3)).until(() -> !beat().equals(first));
        life.kill(9);
        assertThat(life.waitFor()).isEqualTo(-9);
        assertThat(life.isAlive()).isFalse();
        long samples = Files.size(trial.resolve("samples.tsv"));
        long events = Files.size(trial.resolve("events.jsonl"));
        String last = Files.readString(trial.resolve("status"));
        Thread.sleep(1500);
        assertThat(bench.status("t1").state()).isEqualTo(State.RUNNING);
        assertThat(trial.resolve("status")).content().isEqualTo(last);
        assertThat(Files.size(trial.resolve("samples.tsv"))).isEqualTo(samples);
        assertThat(Files.size(trial.resolve("events.jsonl"))).isEqualTo(events);
        assertThat(bench.senses.processors()).isZero();
    }

    private String beat() throws IOException {
        return bench.status("t1").details().getOrDefault("beat_ns", "");
    }

    @Test
    void goesDownWithItsEngine() throws Exception {
        Path trial = bench.trial("t1", model, 1, "");
        endless(trial);
        PhoneApp.Running life = bench.launch();
        awaitATurn(trial);
        long engine = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("melt-worker"))
                .findFirst()
                .orElseThrow()
                .pid();
        assertThat(new ProcessBuilder("kill", "-11", Long.toString(engine))
                        .start()
                        .waitFor())
                .isZero();
        // the Java machine in it turns that signal into an abort
        assertThat(life.waitFor()).isIn(-11, -6);
        assertThat(bench.status("t1").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void leavesFiguresOutOfARequestThatCannotBe() throws Exception {
        Path trial = bench.trialOf("t1", "{\"model\": \"%s\", \"conversation\": []}".formatted(model), "");
        bench.live();
        EventLog log = EventLogReader.read(trial.resolve("events.jsonl"));
        assertThat(log.turns()).isEmpty();
        assertThat(log.endedWell()).contains(false);
        assertThat(bench.status("t1").exitCode()).hasValue(2);
        assertThat(bench.status("t1").state()).isEqualTo(State.FINISHED);
    }

    @Test
    void letsARequestSeeNothingOutsideOfItsFolder() throws Exception {
        Files.copy(folder.resolve("tiny.gguf"), bench.documents.resolve("other.gguf"));
        for (String outside : List.of("/etc/passwd", "../../../other.gguf", "../../../../tiny.gguf")) {
            String id = "t" + Math.abs(Objects.hashCode(outside));
            Path trial = bench.trial(id, outside, 1, "");
            bench.live();
            assertThat(bench.status(id).exitCode()).hasValue(2);
            assertThat(EventLogReader.read(trial.resolve("events.jsonl")).turns())
                    .isEmpty();
        }
    }
}
