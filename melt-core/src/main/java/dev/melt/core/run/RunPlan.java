package dev.melt.core.run;

import dev.melt.core.trial.TrialRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run before it starts. Stored whole, so that {@code melt resume} needs nothing else.
 *
 * @param protocols how trials are carried out, by the name of the device
 * @param trials in the order in which they will be run on their device
 */
public record RunPlan(List<Cell> cells, Map<String, Protocol> protocols, List<PlannedTrial> trials) {
    public RunPlan {
        cells = List.copyOf(cells);
        protocols = Map.copyOf(protocols);
        trials = List.copyOf(trials);
    }

    /** Of one device, its trials in the order that the protocol's seed gives. */
    public static RunPlan of(String device, List<Cell> cells, Protocol protocol) {
        return new RunPlan(
                cells,
                Map.of(device, protocol),
                TrialOrder.of(cells.stream().map(Cell::prepare).toList(), protocol));
    }

    /** Several plans as one; those of different devices are carried out side by side. */
    public static RunPlan together(List<RunPlan> plans) {
        List<Cell> cells = new ArrayList<>();
        Map<String, Protocol> protocols = new TreeMap<>();
        List<PlannedTrial> trials = new ArrayList<>();
        for (RunPlan plan : plans) {
            int offset = cells.size();
            cells.addAll(plan.cells());
            protocols.putAll(plan.protocols());
            plan.trials().forEach(trial -> trials.add(trial.inCell(offset + trial.cell())));
        }
        return new RunPlan(cells, protocols, trials);
    }

    /** As this trial runs it. */
    public Cell cellOf(PlannedTrial trial) {
        Cell cell = cells.get(trial.cell());
        return trial.role() == TrialRole.PROFILE ? cell.profiled() : cell;
    }

    /** How the trials on a device are carried out. */
    public Protocol protocolOf(String device) {
        return Optional.ofNullable(protocols.get(device))
                .orElseThrow(() -> new IllegalArgumentException("no device of this run: " + device));
    }

    /** Its devices, in the order of its cells. */
    public List<String> devices() {
        return cells.stream().map(Cell::device).distinct().toList();
    }

    /** Of the order of trials and of prompts; the same on every device. */
    public long seed() {
        return protocolOf(devices().get(0)).seed();
    }
}
