package dev.melt.cli.command.run;

import dev.melt.cli.Session;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Devices;
import dev.melt.core.engine.Engines;
import dev.melt.core.home.Home;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.run.RunPlanner;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SqliteRunStore;
import dev.melt.core.workload.Workloads;
import java.time.Clock;

/** Puts the parts of MELT together that commands about runs need. */
record Workbench(Home home, Clock clock, Engines engines, Devices devices, RunPlanner planner) {
    static Workbench of(Session session) {
        Home home = session.openHome();
        Clock clock = Clock.systemUTC();
        ConfigFiles configs = session.configs();
        Engines engines = Engines.installed(session.bundles().bundles(), configs);
        ModelRegistry models = new ModelRegistry(home.models(), new ShapeCatalogue(configs), clock);
        return new Workbench(
                home,
                clock,
                engines,
                Devices.installed(configs, session.driverContext()),
                new RunPlanner(engines, new Workloads(configs), models));
    }

    RunStore openStore() {
        return SqliteRunStore.open(home, clock);
    }
}
