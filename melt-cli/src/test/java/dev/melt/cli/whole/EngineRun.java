package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.Devices;
import dev.melt.core.device.DriverContext;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.Settings;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.home.Home;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.run.Cell;
import dev.melt.core.run.PlanJson;
import dev.melt.core.run.Protocol;
import dev.melt.core.run.RunPlan;
import dev.melt.core.run.RunPlanner;
import dev.melt.core.run.RunProgress;
import dev.melt.core.run.RunRequest;
import dev.melt.core.run.Runner;
import dev.melt.core.run.StopSignal;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.NewRun;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import dev.melt.core.workload.Workloads;
import dev.melt.local.LocalDriverProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Runs of one engine with one bundle on this machine, through MELT's own runner, agent and store. */
record EngineRun(Bench bench, EngineAdapter adapter, Bundle bundle) {
    private ConfigFiles configs() {
        return new ConfigFiles(List.of(bench.folder().resolve("configs")));
    }

    private Engines engines() {
        return new Engines(List.of(adapter), new Bundles(List.of(bundle), Optional.empty()));
    }

    private Home home() {
        return Home.at(bench.home());
    }

    private Devices devices() {
        return new Devices(configs(), List.of(new LocalDriverProvider()), new DriverContext(home().root(), Map.of()));
    }

    /** Plans and stores a run of one trial of {@code mini}. */
    StoredRun plan(RunStore store, String workload, String... settings) {
        RunPlanner planner = new RunPlanner(
                engines(),
                new Workloads(configs()),
                new ModelRegistry(home().models(), new ShapeCatalogue(configs()), Clock.systemUTC()));
        RunRequest request = new RunRequest(
                "local",
                adapter.name(),
                Optional.empty(),
                List.of("mini"),
                List.of(workload),
                OptionalInt.empty(),
                Settings.parse(List.of(settings)),
                protocol(),
                List.of(List.of()));
        try (DeviceDriver driver = devices().open("local")) {
            Device device = driver.device();
            RunPlan plan = planner.plan(request, planner.matrix(request), device, ByteProgress.NONE);
            return store.createRun(newRun(plan, device));
        }
    }

    private static Protocol protocol() {
        return new Protocol(
                1,
                0,
                false,
                1,
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMinutes(2),
                GateLimits.OPEN);
    }

    private static NewRun newRun(RunPlan plan, Device device) {
        return new NewRun(
                List.of("melt", "run"),
                "test",
                Optional.empty(),
                false,
                1,
                PlanJson.write(plan),
                Map.of(),
                plan.cells().stream().map(cell -> facts(cell, device)).toList(),
                plan.trials().stream()
                        .map(t -> new NewRun.Slot(t.cell(), t.repetition(), t.role()))
                        .toList());
    }

    private static CellFacts facts(Cell cell, Device device) {
        return new CellFacts(
                cell.fingerprint(),
                cell.device(),
                device.serial(),
                device.platform(),
                device.virtual(),
                cell.model().name(),
                cell.model().sha256(),
                true,
                cell.engine(),
                cell.bundleSha256(),
                cell.workload(),
                cell.settings().byKey(),
                cell.script().canonicalJson());
    }

    /** Runs what is unfinished. */
    Map<Outcome, Integer> run(RunStore store, StoredRun run, StopSignal stop, RunProgress.Listener listener) {
        return new Runner(home(), store, engines(), devices(), Clock.systemUTC(), stop, listener)
                .run(run, PlanJson.read(run.id(), run.planJson()));
    }

    /** Runs a workload to its end and gives the run. */
    StoredRun ok(RunStore store, String workload, String... settings) {
        StoredRun run = plan(store, workload, settings);
        Map<Outcome, Integer> outcomes = run(store, run, new StopSignal(), progress -> {});
        assertThat(outcomes).as(() -> store.trials(run.id()).toString()).isEqualTo(Map.of(Outcome.OK, 1));
        return run;
    }

    /** The folder of an attempt of the run's only trial. */
    Path folder(RunStore store, StoredRun run, int attempt) {
        return home().trialFolder(run.id(), store.trials(run.id()).get(0).id()).resolve("a" + attempt);
    }

    /** Figures of the whole trial by metric. */
    static Map<String, Double> figures(RunStore store, StoredRun run) {
        return store.figures(run.id()).stream()
                .map(m -> m.value())
                .collect(Collectors.toMap(v -> v.metric(), v -> v.value()));
    }
}
