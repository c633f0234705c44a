package dev.melt.core.run;

import dev.melt.core.device.Devices;
import dev.melt.core.engine.Engines;
import dev.melt.core.home.Home;
import dev.melt.core.store.RunStore;
import java.time.Clock;

/** What carrying out a run needs of the program around it; safe for use by several threads, as each of its parts is. */
record RunParts(
        Home home,
        RunStore store,
        Engines engines,
        Devices devices,
        Clock clock,
        StopSignal stop,
        RunProgress.Listener listener) {}
