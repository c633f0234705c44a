package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.metric.ChannelFigures;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredChannel;
import dev.melt.core.store.StoredTrial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a channel was read, as the samples of one trial show it.
 *
 * @param trialId whose samples they are
 */
public record ReadChannel(String trialId, ChannelFigures figures) {
    public ReadChannel {
        requireNonNull(trialId, "trialId");
        requireNonNull(figures, "figures");
    }

    /** Every channel of a cell, each of the last trial that ended well and has it. Reads samples of that trial alone. */
    public static List<ReadChannel> of(RunStore store, List<StoredTrial> trials) {
        List<ReadChannel> read = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = trials.size() - 1; i >= 0; i--) {
            StoredTrial trial = trials.get(i);
            if (trial.outcome().filter(outcome -> outcome == Outcome.OK).isPresent()) {
                for (StoredChannel stored : store.channels(trial.id())) {
                    if (seen.add(
                            stored.channel().name() + "\t" + stored.channel().source())) {
                        store.series(trial.id(), stored.channel())
                                .flatMap(ChannelFigures::of)
                                .ifPresent(figures -> read.add(new ReadChannel(trial.id(), figures)));
                    }
                }
            }
        }
        return read;
    }
}
