package dev.melt.core.run;

import dev.melt.core.trial.TrialRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of a run's trials: warm-ups first, then randomised blocks (each block holds every cell once, shuffled by the
 * seed), so that a drift of the device does not fall on one cell; profiles last, for they disturb.
 */
final class TrialOrder {
    private TrialOrder() {}

    static List<PlannedTrial> of(int cells, Protocol protocol) {
        // java.util.Random's sequence is fixed by its specification, on every platform and release
        Random random = new Random(protocol.seed());
        List<PlannedTrial> order = new ArrayList<>();
        addBlocks(order, cells, protocol.warmups(), TrialRole.WARMUP, random);
        addBlocks(order, cells, protocol.trials(), TrialRole.MEASURED, random);
        addBlocks(order, cells, protocol.profile() ? 1 : 0, TrialRole.PROFILE, random);
        return order;
    }

    private static void addBlocks(List<PlannedTrial> order, int cells, int blocks, TrialRole role, Random random) {
        for (int block = 0; block < blocks; block++) {
            List<Integer> shuffled = new ArrayList<>();
            for (int cell = 0; cell < cells; cell++) {
                shuffled.add(cell);
            }
            Collections.shuffle(shuffled, random);
            for (int cell : shuffled) {
                order.add(new PlannedTrial(cell, block, role));
            }
        }
    }
}
