package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Series;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Do two programs that read the same rail agree? The second one's channel has its name behind the site: {@code VDD_IN.tegrastats}.
 * Their mean power is compared over the time that both have read, and only where the rail draws enough for their steps to be small.
 */
final class PowerCheck {
    private static final double LIMIT = 0.1;
    private static final double LEAST_WATTS = 0.5;
    private static final int LEAST_READINGS = 20;

    private PowerCheck() {}

    static List<Warning> check(TrialEvidence evidence) {
        return evidence.series().stream()
                .filter(s -> s.channel().quantity().equals(Quantities.POWER))
                .flatMap(second -> first(second, evidence.series()).flatMap(first -> compare(first, second)).stream())
                .toList();
    }

    private static Optional<Series> first(Series second, List<Series> series) {
        String suffix = "." + second.channel().source();
        String site = second.channel().site();
        return site.endsWith(suffix)
                ? series.stream()
                        .filter(s -> s.channel().quantity().equals(Quantities.POWER)
                                && s.channel().site().equals(site.substring(0, site.length() - suffix.length())))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Warning> compare(Series first, Series second) {
        if (first.size() < LEAST_READINGS || second.size() < LEAST_READINGS) {
            return Optional.empty();
        }
        long from = Math.max(first.atNanos()[0], second.atNanos()[0]);
        long to = Math.min(first.atNanos()[first.size() - 1], second.atNanos()[second.size() - 1]);
        if (to <= from) {
            return Optional.empty();
        }
        Window both = new Window(from, to);
        OptionalDouble own = mean(first, both);
        OptionalDouble other = mean(second, both);
        if (own.isEmpty()
                || other.isEmpty()
                || own.getAsDouble() < LEAST_WATTS
                || Math.abs(other.getAsDouble() - own.getAsDouble()) <= LIMIT * own.getAsDouble()) {
            return Optional.empty();
        }
        return Optional.of(new Warning(
                Validity.POWER_DISAGREES,
                String.format(
                        Locale.ROOT,
                        "%s: mean %.2f W, %s says %.2f W (%+.0f %%)",
                        first.channel().site(),
                        own.getAsDouble(),
                        second.channel().source(),
                        other.getAsDouble(),
                        100 * (other.getAsDouble() / own.getAsDouble() - 1))));
    }

    private static OptionalDouble mean(Series series, Window window) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < series.size(); i++) {
            if (window.contains(series.atNanos()[i])) {
                sum += series.values()[i];
                count++;
            }
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }
}
