package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Another workload again and again without a pause, to see what heat does to a device.
 *
 * @param over what is repeated; not itself a sustained run
 */
public record Sustained(String name, Workload over, Extent extent) implements Workload {
    public Sustained {
        requireNonNull(name, "name");
        requireNonNull(extent, "extent");
        if (over instanceof Sustained) {
            throw new InvalidInputException(
                    "workload '" + name + "'",
                    "a workload that ends by itself needed",
                    "another sustained run found",
                    "name what that one repeats");
        }
    }

    @Override
    public List<Workload> expand() {
        List<Workload> cells = over.expand();
        return cells.size() == 1
                ? List.of(this)
                : cells.stream().<Workload>map(this::overOne).toList();
    }

    private Sustained overOne(Workload cell) {
        return new Sustained("sustained-" + extent + ":" + cell.name(), cell, extent);
    }

    @Override
    public Script script() {
        List<Conversation> conversations = over.script().conversations();
        return extent instanceof Extent.Turns turns
                ? new Script(conversations, Optional.empty(), OptionalInt.of(turns.count()))
                : new Script(conversations, Optional.of(((Extent.Time) extent).duration()), OptionalInt.empty());
    }

    @Override
    public String summary() {
        return extent + " of " + over.name() + " (" + over.summary() + ")";
    }

    @Override
    public Workload generating(int tokens) {
        return new Sustained(name, over.generating(tokens), extent);
    }
}
