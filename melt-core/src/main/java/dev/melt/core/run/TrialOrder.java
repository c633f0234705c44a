package dev.melt.core.run;

import dev.melt.core.prepare.WantedSetting;
import dev.melt.core.trial.TrialRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The order of a run's trials on a device. Cells that want it set in the same way come together, because changing a power mode may take
 * a restart; the ways are shuffled by the seed. Of each: warm-ups first, then randomised blocks (each block holds every cell once, shuffled by the
 * seed), so that a drift of the device does not fall on one cell; profiles last, for they disturb.
 */
final class TrialOrder {
    private TrialOrder() {}

    /**
     * Of a number of cells.
     *
     * @param ways how each cell wants the device to be set
     */
    static List<PlannedTrial> of(List<List<WantedSetting>> ways, Protocol protocol) {
        // java.util.Random's sequence is fixed by its specification, on every platform and release
        Random random = new Random(protocol.seed());
        Map<List<WantedSetting>, List<Integer>> byWay = new LinkedHashMap<>();
        for (int cell = 0; cell < ways.size(); cell++) {
            byWay.computeIfAbsent(ways.get(cell), way -> new ArrayList<>()).add(cell);
        }
        List<List<Integer>> groups = new ArrayList<>(byWay.values());
        if (groups.size() > 1) {
            Collections.shuffle(groups, random);
        }
        List<PlannedTrial> order = new ArrayList<>();
        for (List<Integer> alike : groups) {
            addBlocks(order, alike, protocol.warmups(), TrialRole.WARMUP, random);
            addBlocks(order, alike, protocol.trials(), TrialRole.MEASURED, random);
            addBlocks(order, alike, protocol.profile() ? 1 : 0, TrialRole.PROFILE, random);
        }
        return order;
    }

    private static void addBlocks(
            List<PlannedTrial> order, List<Integer> cells, int blocks, TrialRole role, Random random) {
        for (int block = 0; block < blocks; block++) {
            List<Integer> shuffled = new ArrayList<>(cells);
            Collections.shuffle(shuffled, random);
            for (int cell : shuffled) {
                order.add(new PlannedTrial(cell, block, role));
            }
        }
    }
}
