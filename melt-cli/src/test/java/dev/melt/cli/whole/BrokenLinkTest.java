package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.Devices;
import dev.melt.core.device.DriverContext;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.Engines;
import dev.melt.core.home.Home;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.run.PlanJson;
import dev.melt.core.run.RunProgress;
import dev.melt.core.run.Runner;
import dev.melt.core.run.StopSignal;
import dev.melt.core.store.NewRun;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialRole;
import dev.melt.local.LocalDriverProvider;
import dev.melt.testkit.FlakyDriver;
import dev.melt.testkit.LinkFaults;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A link that loses answers in the middle of trials: each is taken up where it stands, and no engine runs twice. */
@DisabledOnOs(OS.WINDOWS)
class BrokenLinkTest {
    @TempDir
    Path folder;

    private final List<RunProgress> told = new ArrayList<>();

    @Test
    void aTrialIsTakenUpWhereItStandsAfterTheLinkBroke() {
        Bench bench = Bench.in(folder);
        String first =
                bench.run("--workload", "pp16-tg4", "--trials", "1").path("run").asText();
        LinkFaults faults =
                new LinkFaults().breaking("start", 1).breaking("collect", 1).breaking("discard", 1);
        Home home = Home.at(bench.home());
        try (RunStore store = bench.store()) {
            StoredRun run = store.createRun(again(store, store.run(first)));

            Map<Outcome, Integer> outcomes = new Runner(
                            home,
                            store,
                            Engines.installed(Bundles.NONE),
                            devices(home, faults),
                            Clock.systemUTC(),
                            new StopSignal(),
                            told::add)
                    .run(run, PlanJson.read(run.id(), run.planJson()));

            assertThat(outcomes).isEqualTo(Map.of(Outcome.OK, 1));
            assertThat(store.trials(run.id())).extracting(StoredTrial::attempt).containsExactly(1);
            assertThat(faults.broken()).isEqualTo(3);
            assertThat(told).filteredOn(RunProgress.Link.class::isInstance).hasSize(3);
        }
    }

    private static NewRun again(RunStore store, StoredRun run) {
        return new NewRun(
                run.commandLine(),
                run.toolVersion(),
                run.gitCommit(),
                run.gitDirty(),
                run.seed(),
                run.planJson(),
                run.hostFacts(),
                store.cells(run.id()).stream().map(StoredCell::facts).toList(),
                List.of(new NewRun.Slot(0, 0, TrialRole.MEASURED)));
    }

    private static Devices devices(Home home, LinkFaults faults) {
        return new Devices(
                new ConfigFiles(List.of()),
                List.of(new FlakyProvider(new LocalDriverProvider(), faults)),
                new DriverContext(home.root(), Map.of()));
    }

    /** This machine, behind the link that breaks. */
    private record FlakyProvider(DeviceDriverProvider local, LinkFaults faults) implements DeviceDriverProvider {
        @Override
        public String name() {
            return local.name();
        }

        @Override
        public String describe() {
            return local.describe();
        }

        @Override
        public List<Device> discover(DriverContext context) {
            return local.discover(context);
        }

        @Override
        public boolean claims(String name, DriverContext context) {
            return local.claims(name, context);
        }

        @Override
        public DeviceDriver open(String name, DriverContext context) {
            return new FlakyDriver(local.open(name, context), faults);
        }
    }
}
