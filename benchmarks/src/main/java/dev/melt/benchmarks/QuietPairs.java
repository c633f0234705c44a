package dev.melt.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs for figures that a neighbour on the machine would spoil: a pair counts when the machine was quiet before, between
 * and after its halves. Where that never happens, the disturbed ones are all there is, and a figure says so.
 */
final class QuietPairs<T> {
    private static final int TRIES_PER_PAIR = 3;

    private final List<T> quiet = new ArrayList<>();
    private final List<T> disturbed = new ArrayList<>();

    /** Measures one pair. */
    @FunctionalInterface
    interface Pair<T> {
        /** Calls {@code pause} between its halves. */
        T measure(int number, Pause pause) throws IOException, InterruptedException;
    }

    /** Between two halves. */
    @FunctionalInterface
    interface Pause {
        void now() throws IOException, InterruptedException;
    }

    QuietPairs(Workbench bench, int wanted, Pair<T> pair) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < wanted * TRIES_PER_PAIR && quiet.size() < wanted; attempt++) {
            boolean[] calm = {bench.awaitQuiet()};
            T measured = pair.measure(attempt, () -> calm[0] &= bench.isQuiet());
            calm[0] &= bench.isQuiet();
            (calm[0] ? quiet : disturbed).add(measured);
        }
        if (quiet.size() < wanted) {
            quiet.addAll(disturbed.subList(0, wanted - quiet.size()));
        }
    }

    List<T> pairs() {
        return List.copyOf(quiet);
    }

    /** How many were measured while others used the machine. */
    Figure disturbed(String name) {
        return Figure.note("pairs that others disturbed, " + name, List.of((double) disturbed.size()), "pairs");
    }
}
