package dev.melt.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.Event;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.telemetry.Series;
import dev.melt.core.trial.TrialResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunStoreTest {
    @TempDir
    Path folder;

    private RunStore store;

    @BeforeEach
    void open() {
        store = SqliteRunStore.open(folder.resolve("melt.db"), Samples.NOON, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givesBackTheRunThatWasPlanned() {
        NewRun plan = Samples.run(2);

        StoredRun run = store.createRun(plan);

        assertThat(run.id()).matches("20261120-1200-[2-9a-z]{4}");
        assertThat(run.state()).isEqualTo(RunState.PLANNED);
        assertThat(run.commandLine()).isEqualTo(plan.commandLine());
        assertThat(run.gitCommit()).contains("5cca291");
        assertThat(run.gitDirty()).isTrue();
        assertThat(run.hostFacts()).isEqualTo(plan.hostFacts());
        assertThat(store.runs()).containsExactly(run);
        assertThat(store.cells(run.id())).extracting(StoredCell::facts).isEqualTo(plan.cells());
    }

    @Test
    void keepsTheOrderOfTheTrials() {
        StoredRun run = store.createRun(Samples.run(3));

        assertThat(store.trials(run.id()))
                .extracting(StoredTrial::position, StoredTrial::repetition, StoredTrial::id)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 0, run.id() + "-t000"),
                        org.assertj.core.groups.Tuple.tuple(1, 1, run.id() + "-t001"),
                        org.assertj.core.groups.Tuple.tuple(2, 2, run.id() + "-t002"));
    }

    @Test
    void givesBackTheResultThatWasSaved() {
        String trial = started();
        TrialResult result = Samples.result(trial, Outcome.OK);

        store.saveResult(result);

        StoredTrial stored = store.trial(trial);
        assertThat(stored.outcome()).contains(Outcome.OK);
        assertThat(stored.state()).isEqualTo(TrialState.DONE);
        assertThat(stored.clock()).isEqualTo(result.clock());
        assertThat(stored.effective()).isEqualTo(result.effective());
        assertThat(stored.facts()).isEqualTo(result.facts());
        assertThat(store.events(trial)).isEqualTo(result.events());
        assertThat(store.artifacts(trial)).isEqualTo(result.artifacts());
        assertThat(metrics(stored.runId())).extracting(StoredMetric::value).isEqualTo(result.metrics());
        assertThat(store.figures(stored.runId()))
                .extracting(StoredMetric::value)
                .isEqualTo(result.metrics().stream()
                        .filter(metric -> metric.turn().isEmpty())
                        .toList());
        assertThat(store.warnings(stored.runId()))
                .extracting(StoredWarning::warning)
                .isEqualTo(result.warnings());
    }

    @Test
    void givesBackEveryKindOfEvent() {
        assertThat(Samples.events().stream().map(Object::getClass).collect(Collectors.toSet()))
                .as("the round trip above covers all kinds")
                .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    }

    @Test
    void givesBackTheSamplesOfAChannel() {
        String trial = started();
        store.saveResult(Samples.result(trial, Outcome.OK));

        Series power = store.series(trial, Samples.POWER).orElseThrow();

        assertThat(power.atNanos()).containsExactly(100, 200, 300);
        assertThat(power.values()).containsExactly(4.5, 0.1, 1e-9);
        assertThat(store.channels(trial))
                .extracting(StoredChannel::channel)
                .containsExactly(Samples.POWER, Samples.HEAT);
    }

    @Test
    void givesBackAllSamplesAroundTheSizeOfABlock() {
        for (int size : new int[] {0, 1, 63, 64, 65, 128, 1025}) {
            String trial = started();

            store.saveResult(Samples.large(trial, size));

            assertThat(store.series(trial, Samples.HEAT).orElseThrow().size()).isEqualTo(size);
        }
    }

    @Test
    void hasNoSeriesForAChannelThatWasNotMeasured() {
        String trial = started();
        store.saveResult(Samples.large(trial, 1));

        assertThat(store.series(trial, Samples.POWER)).isEmpty();
    }

    @Test
    void streamsTheSamplesOfARunChannelByChannel() {
        String trial = started();
        store.saveResult(Samples.result(trial, Outcome.OK));
        List<String> seen = new ArrayList<>();

        store.eachSample(store.trial(trial).runId(), new SampleSink() {
            @Override
            public void channel(StoredChannel channel) {
                seen.add(channel.channel().name());
            }

            @Override
            public void sample(long atNanos, double value) {
                seen.add(atNanos + "=" + value);
            }
        });

        assertThat(seen)
                .containsExactly("power/package-0", "100=4.5", "200=0.1", "300=1.0E-9", "temperature/cpu", "100=-3.0");
    }

    @Test
    void storesTheSameWhenAResultIsSavedTwice() {
        String trial = started();
        store.saveResult(Samples.result(trial, Outcome.OK));
        List<?> once = everything(trial);

        store.saveResult(Samples.result(trial, Outcome.OK));

        assertThat(everything(trial)).isEqualTo(once);
    }

    @Test
    void removesWhatAnEarlierAttemptLeft() {
        String trial = started();
        store.saveResult(Samples.result(trial, Outcome.INTERRUPTED));

        store.markStarted(trial, 2);

        assertThat(store.events(trial)).isEmpty();
        assertThat(store.channels(trial)).isEmpty();
        assertThat(store.trial(trial).attempt()).isEqualTo(2);
        assertThat(store.trial(trial).outcome()).isEmpty();
        assertThat(store.trial(trial).endedAt()).isEmpty();
    }

    @Test
    void leavesNothingOfAResultThatCannotBeSaved() {
        String trial = started();
        TrialResult twice =
                withEvents(trial, Samples.events().get(0), Samples.events().get(0));

        assertThatThrownBy(() -> store.saveResult(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("turn 0");

        assertThat(store.trial(trial).state()).isEqualTo(TrialState.RUNNING);
        assertThat(store.events(trial)).isEmpty();
    }

    @Test
    void refusesAResultOfATrialThatWasNotPlanned() {
        assertThatThrownBy(() -> store.saveResult(Samples.result("nobody", Outcome.OK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void resumesWithWhatHasNoFinalOutcome() {
        StoredRun run = store.createRun(Samples.run(4));
        List<String> trials =
                store.trials(run.id()).stream().map(StoredTrial::id).toList();
        store.saveResult(Samples.result(trials.get(0), Outcome.CRASHED));
        store.saveResult(Samples.result(trials.get(1), Outcome.INTERRUPTED));
        store.markStarted(trials.get(2), 1);

        assertThat(store.unfinishedTrials(run.id()))
                .extracting(StoredTrial::id)
                .containsExactlyElementsOf(trials.subList(1, 4));
    }

    @Test
    void keepsWhenTheEngineRan() {
        String trial = started();

        store.noteBootSpan(trial, 1200, 91200);
        store.saveResult(Samples.result(trial, Outcome.OK));

        assertThat(store.trial(trial).startNanos()).hasValue(1200);
        assertThat(store.trial(trial).endNanos()).hasValue(91200);
        assertThat(store.trial(trial).startedAt()).contains(Samples.NOON.instant());
    }

    @Test
    void keepsTheStateOfARun() {
        StoredRun run = store.createRun(Samples.run(1));

        store.markRun(run.id(), RunState.INTERRUPTED);

        assertThat(store.run(run.id()).state()).isEqualTo(RunState.INTERRUPTED);
    }

    @Test
    void keepsSnapshotsInTheOrderInWhichTheyWereTaken() {
        String trial = started();
        String run = store.trial(trial).runId();
        DeviceSnapshot before = new DeviceSnapshot(
                run,
                Samples.SERIAL,
                DeviceSnapshot.Moment.BEFORE,
                Samples.NOON.instant(),
                java.util.Map.of("battery", "80"));
        DeviceSnapshot after = new DeviceSnapshot(
                run,
                Optional.empty(),
                Optional.of(trial),
                DeviceSnapshot.Moment.AFTER,
                Samples.NOON.instant(),
                new java.util.TreeMap<>(java.util.Map.of("battery", "79")));

        store.saveSnapshot(before);
        store.saveSnapshot(after);

        assertThat(store.snapshots(run)).containsExactly(before, after);
    }

    @Test
    void listsSettingsThatAreNotPutBackNewestFirst() {
        String run = store.createRun(Samples.run(1)).id();
        SettingChange first =
                new SettingChange(run, "local", "s1", "governor", Optional.of("powersave"), "performance");
        SettingChange second = new SettingChange(run, "local", "s1", "boost", Optional.empty(), "0");
        SettingsJournal journal = store.settings();
        journal.willChange(first);
        long entry = journal.willChange(second);

        assertThat(journal.pending()).extracting(SettingsJournal.Entry::change).containsExactly(second, first);

        journal.restored(entry);
        journal.restored(entry);

        assertThat(journal.pending()).extracting(SettingsJournal.Entry::change).containsExactly(first);
        assertThat(journal.pending().get(0).ownerAlive())
                .as("this process puts it back itself")
                .isFalse();
    }

    @Test
    void findsARunByTheBeginningOrTheEndOfItsId() {
        StoredRun run = store.createRun(Samples.run(1));
        String id = run.id();

        assertThat(store.run(id.substring(0, 8))).isEqualTo(run);
        assertThat(store.run(id.substring(14))).isEqualTo(run);
    }

    @Test
    void namesTheRunsThatAnAmbiguousPrefixFits() {
        String one = store.createRun(Samples.run(1)).id();
        String other = store.createRun(Samples.run(1)).id();

        assertThatThrownBy(() -> store.run("20261120"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @Test
    void saysSoWhenNoRunIsMeant() {
        assertThatThrownBy(() -> store.run("%"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no run is stored yet");
        String id = store.createRun(Samples.run(1)).id();
        assertThatThrownBy(() -> store.run("%"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(id);
    }

    private String started() {
        StoredRun run = store.createRun(Samples.run(1));
        String trial = store.trials(run.id()).get(0).id();
        store.markStarted(trial, 1);
        return trial;
    }

    private List<StoredMetric> metrics(String run) {
        List<StoredMetric> metrics = new ArrayList<>();
        store.metricValues(run, metrics::add);
        return metrics;
    }

    private List<?> everything(String trial) {
        String run = store.trial(trial).runId();
        double[] power = store.series(trial, Samples.POWER).orElseThrow().values();
        return List.of(
                store.trials(run),
                store.turns(run),
                store.events(trial),
                metrics(run),
                store.warnings(run),
                store.artifacts(trial),
                store.channels(trial).size(),
                Arrays.toString(power));
    }

    private static TrialResult withEvents(String trial, Event... events) {
        TrialResult base = Samples.result(trial, Outcome.OK);
        return new TrialResult(
                trial,
                base.outcome(),
                base.cause(),
                base.effective(),
                base.facts(),
                List.of(events),
                base.series(),
                base.metrics(),
                base.warnings(),
                base.artifacts(),
                base.clock());
    }
}
