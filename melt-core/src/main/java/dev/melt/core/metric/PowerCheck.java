package dev.melt.core.metric;

import dev.melt.core.metric.TotalPower.Rail;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Do two programs that read the same rail agree? The second one's channel has its name behind the site: {@code VDD_IN.tegrastats}.
 * Their mean power is compared over the time that both have read; not over a short one, in which they see other moments of a load that
 * changes, and only where the rail draws enough for their steps to be small.
 */
final class PowerCheck {
    private static final double LIMIT = 0.1;
    private static final double LEAST_WATTS = 0.5;
    private static final double LEAST_SECONDS = 5;
    private static final int LEAST_READINGS = 20;

    private PowerCheck() {}

    static List<Warning> check(TrialEvidence evidence) {
        List<Rail> rails = TotalPower.rails(evidence.series(), evidence.periodNanos());
        return rails.stream()
                .flatMap(second -> first(second, rails).flatMap(first -> compare(first, second)).stream())
                .toList();
    }

    private static Optional<Rail> first(Rail second, List<Rail> rails) {
        String suffix = "." + second.power().name();
        return rails.stream()
                .filter(rail -> second.site().equals(rail.site() + suffix))
                .findFirst();
    }

    private static Optional<Warning> compare(Rail first, Rail second) {
        Window one = first.power().span();
        Window other = second.power().span();
        long from = Math.max(one.startNanos(), other.startNanos());
        long to = Math.min(one.endNanos(), other.endNanos());
        if (to - from < LEAST_SECONDS * 1e9) {
            return Optional.empty();
        }
        Window both = new Window(from, to);
        Integral own = first.power().integral(both);
        Integral theirs = second.power().integral(both);
        if (Math.min(own.samples(), theirs.samples()) < LEAST_READINGS
                || own.total().isEmpty()
                || theirs.total().isEmpty()) {
            return Optional.empty();
        }
        return disagreement(first, second, own.amount() / both.seconds(), theirs.amount() / both.seconds());
    }

    private static Optional<Warning> disagreement(Rail first, Rail second, double own, double theirs) {
        if (own < LEAST_WATTS || Math.abs(theirs - own) <= LIMIT * own) {
            return Optional.empty();
        }
        return Optional.of(new Warning(
                Validity.POWER_DISAGREES,
                String.format(
                        Locale.ROOT,
                        "%s: mean %.2f W, %s says %.2f W (%+.0f %%)",
                        first.site(),
                        own,
                        second.power().name(),
                        theirs,
                        100 * (theirs / own - 1))));
    }
}
