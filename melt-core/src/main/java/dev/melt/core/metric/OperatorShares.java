package dev.melt.core.metric;

import dev.melt.core.event.Event;
import dev.melt.core.profile.MergedOps;
import dev.melt.core.profile.Merging;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.OpProfile;
import dev.melt.core.profile.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Share of each kind of operator in its phase's time: time over time, not a mean of the graphs' percentages. */
final class OperatorShares implements FigureFamily {
    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        OpProfile profile = new OpProfile(Merging.OP, true);
        for (Event event : evidence.events()) {
            if (event instanceof Event.Op op) {
                profile.call(OpCall.of("", op));
            }
        }
        return profile.rows().stream()
                .sorted(Comparator.comparing((MergedOps row) -> row.stage().orElse(Stage.OTHER))
                        .thenComparing(MergedOps::label))
                .flatMap(OperatorShares::share)
                .toList();
    }

    private static Stream<MetricValue> share(MergedOps row) {
        String site = row.stage().orElse(Stage.OTHER).word() + "/" + row.label();
        return row.share().stream().mapToObj(share -> DeviceMetrics.OP_SHARE.ofTrialAt(site, share, "operators"));
    }
}
