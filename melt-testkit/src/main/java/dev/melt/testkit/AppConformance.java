package dev.melt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceException;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.Score;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.telemetry.SamplesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every agent must do whose engine runs a {@code request.json}, as an app does on a phone without a shell: whole trials with a real
 * engine on a real model. A test class implements it and says how the agent is reached; each test has trials of its own.
 */
public interface AppConformance extends AppStoreConformance {
    /** Longer than anything here takes; only a broken agent uses it up. */
    Duration PATIENCE = Duration.ofMinutes(2);

    /** Ends all that this host holds of the device, as when MELT is killed or the cable pulled; {@link #agent} comes back after it. */
    default void leave() {}

    /** What it says that it can beside plain prompts, in the words of {@code MeltCan}. */
    Set<String> can();

    /** Runs a job to its end. */
    default AgentStatus run(AgentJob job) {
        agent().start(job);
        return agent().await(job.trialId(), PATIENCE);
    }

    /** What its engine said, so far. */
    default EventLog events(AgentJob job, Path folder) throws IOException, UnknownOutputException {
        agent().collect(job.trialId(), folder);
        return EventLogReader.read(folder.resolve("events.jsonl"));
    }

    /** Starts a job that goes on and waits until a turn of it is done. */
    private AgentJob running(Path folder, Duration deadline) throws IOException {
        AgentJob job = job(AppRequests.newTrialId(), AppRequests.endless(stored()), deadline);
        agent().start(job);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> agent().collect(job.trialId(), folder).contains(folder.resolve("events.jsonl"))
                        && Files.readString(folder.resolve("events.jsonl")).contains("\"turn_end\""));
        return job;
    }

    private AgentJob running(Path folder) throws IOException {
        return running(folder, Duration.ofMinutes(5));
    }

    private static long detail(AgentStatus status, String key) {
        return Long.parseLong(status.details().getOrDefault(key, "-1"));
    }

    @Test
    default void runsTurnsToTheirEnd(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.turns(stored(), 3));
        AgentStatus status = run(job);
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(status.exitCode()).hasValue(0);
        assertThat(status.peakRssBytes().orElse(0)).isPositive();

        EventLog log = events(job, folder);
        assertThat(log.endedWell()).contains(true);
        assertThat(log.damagedLines()).isZero();
        assertThat(log.turns()).extracting(Event.Turn::turn).containsExactly(0, 1, 2);
        assertThat(log.events())
                .filteredOn(Event.Token.class::isInstance)
                .as("tokens of three turns")
                .hasSize(3 * 8);
        assertThat(log.errors()).isEmpty();
    }

    @Test
    default void samplesOnTheClockOfTheEvents(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.turns(stored(), 20));
        AgentStatus status = run(job);
        EventLog log = events(job, folder);
        long bound = detail(status, "clock_bound_ns");
        long start = status.startNanos().orElseThrow();
        long end = status.endNanos().orElseThrow();
        assertThat(bound).isNotNegative();
        assertThat(log.events())
                .allSatisfy(event -> assertThat(event.startNanos())
                        .isBetween(start - bound, end + bound)
                        .isLessThanOrEqualTo(event.endNanos()));
        assertThat(log.turns()).allSatisfy(turn -> assertThat(turn.endNanos()).isLessThanOrEqualTo(end + bound));

        List<String> rows = Files.readAllLines(folder.resolve("samples.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        long[] times = rows.stream()
                .flatMapToLong(row -> LongStream.of(Long.parseLong(row.split("\t", -1)[0])))
                .toArray();
        assertThat(times).isSorted().doesNotHaveDuplicates();
        assertThat(times[0]).isBetween(start - bound, end + bound);
        assertThat(times[times.length - 1]).isGreaterThanOrEqualTo(end - bound);
        assertThat(rows).last().asString().matches("[0-9]+\t-(\t.*)?");
        assertThat(status.ticks()).hasValue(rows.size());
        SamplesFile samples = SamplesFile.read(folder.resolve("samples.tsv"));
        assertThat(samples.damagedCells() + samples.damagedLines()).isZero();
        assertThat(samples.quality().errorP50Nanos().orElseThrow())
                .as("median of the ticks' delays")
                .isLessThan(job.period().toNanos());
        assertThat(status.missedTicks().orElseThrow()).isLessThan(rows.size());
    }

    @Test
    default void runsATrialOnceHoweverOftenItIsStarted(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.turns(stored(), 2));
        agent().start(job);
        agent().start(job);
        AgentStatus first = run(job);
        AgentStatus again = run(job);
        assertThat(again.endNanos()).isEqualTo(first.endNanos());
        assertThat(events(job, folder).turns()).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("events.jsonl")).stream()
                        .filter(line -> line.contains("\"turn_end\"")))
                .hasSize(2);
    }

    @Test
    default void knowsNothingOfATrialThatWasNotStarted(@TempDir Path folder) {
        agent().stop("never");
        agent().discard("never");
        assertThat(agent().status("never").state()).isEqualTo(State.UNKNOWN);
        assertThat(agent().collect("never", folder)).isEmpty();
        assertThatThrownBy(() -> agent().discard("../../x")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> agent().status("")).isInstanceOf(RuntimeException.class);
    }

    @Test
    default void stopsBetweenTokensAndKeepsWhatIsDone(@TempDir Path folder) throws Exception {
        AgentJob job = running(folder);
        assertThat(agent().await(job.trialId(), Duration.ofMillis(300)).state()).isEqualTo(State.RUNNING);
        long before = System.nanoTime();
        agent().stop(job.trialId());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        agent().stop(job.trialId());
        AgentStatus status = agent().status(job.trialId());
        assertThat(status.state()).isEqualTo(State.STOPPED);
        assertThat(status.exitCode().orElse(0)).isNotZero();

        EventLog log = events(job, folder);
        assertThat(log.endedWell()).isNotEqualTo(Optional.of(true));
        assertThat(log.turns()).isNotEmpty();
        assertThat(log.damagedLines()).isZero();
    }

    @Test
    default void endsAtItsDeadlineByItself(@TempDir Path folder) throws Exception {
        Duration deadline = Duration.ofSeconds(8);
        AgentJob job = running(folder, deadline);
        AgentStatus status = agent().await(job.trialId(), PATIENCE);
        assertThat(status.state()).isEqualTo(State.DEADLINE);
        assertThat(status.endNanos().orElseThrow() - status.startNanos().orElseThrow())
                .isBetween(
                        deadline.minusMillis(100).toNanos(),
                        deadline.plusSeconds(20).toNanos());
        assertThat(events(job, folder).turns()).isNotEmpty();
    }

    @Test
    default void bringsWholeLinesWhileItRuns(@TempDir Path folder) throws Exception {
        AgentJob job = running(folder);
        for (int i = 0; i < 5; i++) {
            EventLog log = events(job, folder);
            assertThat(log.damagedLines()).isZero();
            assertThat(folder.resolve("events.jsonl")).content().endsWith("\n");
            SamplesFile samples = SamplesFile.read(folder.resolve("samples.tsv"));
            assertThat(samples.damagedLines()).isZero();
            assertThat(samples.quality().takenTicks()).isPositive();
        }
        agent().stop(job.trialId());
        assertThat(agent().collect(job.trialId(), folder))
                .contains(folder.resolve("status"), folder.resolve("samples.tsv"), folder.resolve("events.jsonl"));
        assertThat(folder.resolve("status")).content().contains("state=STOPPED");
    }

    @Test
    default void discardsWhatIsOverAndNothingElse(@TempDir Path folder) throws Exception {
        AgentJob job = running(folder);
        assertThatThrownBy(() -> agent().discard(job.trialId())).isInstanceOf(DeviceException.class);
        agent().stop(job.trialId());
        agent().discard(job.trialId());
        agent().discard(job.trialId());
        assertThat(agent().status(job.trialId()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    default void givesEachTrialAProcessOfItsOwn() throws Exception {
        AgentStatus first = run(job(AppRequests.turns(stored(), 1)));
        AgentStatus second = run(job(AppRequests.turns(stored(), 1)));
        assertThat(detail(first, "pid")).isPositive().isNotEqualTo(detail(second, "pid"));
        assertThat(second.startNanos().orElseThrow())
                .isGreaterThan(first.endNanos().orElseThrow());
        assertThat(first.bootId()).isPresent().isEqualTo(second.bootId());
    }

    @Test
    default void goesOnWithoutTheHost(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.turns(stored(), 200));
        agent().start(job);
        leave();
        AgentStatus status = agent().await(job.trialId(), PATIENCE);
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(events(job, folder).turns()).hasSize(200);
    }

    @Test
    default void refusesABadRequestInWordsAndWithoutFigures(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.bad(stored()));
        AgentStatus status = run(job);
        assertThat(status.state()).isEqualTo(State.FINISHED);
        assertThat(status.exitCode().orElse(0)).isNotZero();
        EventLog log = events(job, folder);
        assertThat(log.errors()).isNotEmpty();
        assertThat(log.endedWell()).isNotEqualTo(Optional.of(true));
        assertThat(log.events()).isEmpty();
    }

    @Test
    default void saysThatAModelIsMissing(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.turns("../../store/none/none.gguf", 1));
        AgentStatus status = run(job);
        assertThat(status.exitCode().orElse(0)).isNotZero();
        assertThat(events(job, folder).errors()).isNotEmpty();
        assertThat(events(job, folder).turns()).isEmpty();
    }

    /** An app without {@code chat} among what it can has to refuse one as it refuses any other request that it cannot do. */
    @Test
    default void keepsAChatFromTurnToTurnOrSaysThatItCannot(@TempDir Path folder) throws Exception {
        AgentJob whole = job(AppRequests.chat(stored()));
        AgentStatus status = run(whole);
        EventLog log = events(whole, folder);
        if (refused("chat", log, status)) {
            return;
        }
        List<Integer> answer = answer(log, 0);
        assertThat(cached(log, 0)).isZero();
        assertThat(cached(log, 1))
                .as("what the context keeps of the first turn")
                .isGreaterThan(answer.size());

        AgentJob goesOn = job(AppRequests.chatThatGoesOn(stored(), answer));
        run(goesOn);
        EventLog rest = events(goesOn, Files.createDirectory(folder.resolve("rest")));
        assertThat(rest.errors()).isEmpty();
        assertThat(cached(rest, 1)).isEqualTo(cached(log, 1));
        assertThat(answer(rest, 1))
                .as("the same answer")
                .isEqualTo(answer(log, 1))
                .hasSize(8);
    }

    /** Who says that he can must, and who does not say so must refuse. */
    private boolean refused(String ability, EventLog log, AgentStatus status) {
        boolean refused = log.errors().stream().anyMatch(error -> error.kind().equals("bad_option"));
        assertThat(refused).as("whether it refuses, of what it can: %s", can()).isNotEqualTo(can().contains(ability));
        if (refused) {
            assertThat(status.exitCode().orElse(0)).isNotZero();
            assertThat(log.events()).isEmpty();
            assertThat(log.scores()).isEmpty();
        }
        return refused;
    }

    /** The same of one without {@code score}. */
    @Test
    default void scoresAQuestionByItselfOrSaysThatItCannot(@TempDir Path folder) throws Exception {
        AgentJob job = job(AppRequests.questions(stored()));
        AgentStatus status = run(job);
        EventLog log = events(job, folder);
        if (refused("score", log, status)) {
            return;
        }
        assertThat(log.scores()).extracting(Score::id).containsExactly(1, 2, 3);
        assertThat(log.scores())
                .allSatisfy(score -> assertThat(score.logLikelihood()).isNegative());
        assertThat(log.scores().get(2).logLikelihood())
                .as("as if nothing had been before it")
                .isEqualTo(log.scores().get(0).logLikelihood());
    }

    private static List<Integer> answer(EventLog log, int turn) {
        return log.events().stream()
                .filter(Event.Token.class::isInstance)
                .map(Event.Token.class::cast)
                .filter(token -> token.turn() == turn)
                .map(token -> token.id().orElseThrow())
                .toList();
    }

    private static int cached(EventLog log, int turn) {
        return log.events().stream()
                .filter(Event.Prefill.class::isInstance)
                .map(Event.Prefill.class::cast)
                .filter(prefill -> prefill.turn() == turn)
                .mapToInt(Event.Prefill::cached)
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void relatesTheClocksWithinABound() {
        ClockOffset first = agent().clockOffset();
        ClockOffset second = agent().clockOffset();
        assertThat(first.boundNanos()).isPositive().isLessThan(5_000_000_000L);
        assertThat(Math.abs(first.offsetNanos() - second.offsetNanos()))
                .isLessThanOrEqualTo(first.boundNanos() + second.boundNanos());
    }

    @Test
    default void setsTheTrialIntoTheHostsTime() throws Exception {
        long before = System.nanoTime();
        AgentStatus status = run(job(AppRequests.turns(stored(), 1)));
        long after = System.nanoTime();
        ClockOffset clock = agent().clockOffset();
        long slack = clock.boundNanos() + detail(status, "clock_bound_ns");
        assertThat(status.startNanos().orElseThrow() - clock.offsetNanos()).isBetween(before - slack, after + slack);
        assertThat(status.endNanos().orElseThrow() - clock.offsetNanos()).isBetween(before - slack, after + slack);
    }

    @Test
    default void observesOutsideATrial() {
        assertThat(agent().observe(Duration.ZERO).values().values()).allMatch(Double::isFinite);
    }
}
