package dev.melt.jetson.board;

import dev.melt.core.sysfs.EnergyProbes;
import dev.melt.core.sysfs.HeatProbes;
import dev.melt.core.sysfs.LoadProbes;
import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.TelemetryPlan;

/** What can be sampled on a machine over SSH, found by what it has. */
public record BoardTelemetry(BoardLook look) {
    private static final long USUAL_PAGE_BYTES = 4096;

    /** All of it, and what there is none of. */
    public TelemetryPlan plan() {
        ProbeList found = new ProbeList(look);
        EnergyProbes energy = new EnergyProbes(look);
        energy.sources(found);
        new NvidiaProbes(look).find(found);
        new GpuProbes(look).find(found);
        new TegrastatsProbes(look).find(found);
        energy.reason(found);
        new HeatProbes(look).find(found);
        new LoadProbes(look, pageBytes()).find(found);
        return found.plan();
    }

    private long pageBytes() {
        return look.word("page")
                .filter(said -> said.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(USUAL_PAGE_BYTES);
    }
}
