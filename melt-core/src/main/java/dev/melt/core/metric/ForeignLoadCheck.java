package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Did other programs use the processors? Before the trial everything that is busy is foreign. During turns foreign is
 * what is busy beyond the engine's own use; where that is not sampled, beyond the number of its threads, which is the
 * most that it can use. So this can miss foreign load that slows the engine down, but does not invent any. Both are held
 * against a tenth of the processors.
 */
final class ForeignLoadCheck {
    /** Share of all processors that other programs may use. */
    static final double LIMIT = 0.10;

    private ForeignLoadCheck() {}

    static List<Warning> check(TrialEvidence evidence, TrialTimes times) {
        List<Warning> warnings = new ArrayList<>();
        evidence.busyShareBefore().ifPresent(share -> {
            if (share > LIMIT) {
                warnings.add(warning(
                        "%.0f %% of the processors busy before the trial; limit %.0f %%", 100 * share, 100 * LIMIT));
            }
        });
        OptionalInt cores = cores(evidence);
        OptionalDouble busy = busyCores(evidence, times, cores);
        OptionalDouble engine = engineCores(evidence, times);
        if (cores.isPresent() && busy.isPresent() && engine.isPresent()) {
            double foreign = busy.getAsDouble() - engine.getAsDouble();
            if (foreign > LIMIT * cores.getAsInt()) {
                warnings.add(warning(
                        "%.2f of %d processors busy with other programs during turns (%.2f busy, %.2f at most the engine's);"
                                + " limit %.2f",
                        foreign, cores.getAsInt(), busy.getAsDouble(), engine.getAsDouble(), LIMIT * cores.getAsInt()));
            }
        }
        return warnings;
    }

    private static OptionalInt cores(TrialEvidence evidence) {
        int single = single(evidence).size();
        return evidence.device().cores().isPresent() || single == 0
                ? evidence.device().cores()
                : OptionalInt.of(single);
    }

    /** From the reading of all processors where there is one; a sampler may leave single ones of many out. */
    private static OptionalDouble busyCores(TrialEvidence evidence, TrialTimes times, OptionalInt cores) {
        OptionalDouble share = mean(named(evidence, Quantities.ALL), times);
        if (share.isPresent() && cores.isPresent()) {
            return OptionalDouble.of(share.getAsDouble() * cores.getAsInt());
        }
        double sum = 0;
        for (Series core : single(evidence)) {
            OptionalDouble mean = mean(core, times);
            if (mean.isEmpty()) {
                return mean;
            }
            sum += mean.getAsDouble();
        }
        return single(evidence).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private static OptionalDouble engineCores(TrialEvidence evidence, TrialTimes times) {
        OptionalDouble measured = mean(named(evidence, Quantities.ENGINE), times);
        return measured.isPresent()
                ? measured
                : evidence.threads().stream().asDoubleStream().findFirst();
    }

    private static List<Series> single(TrialEvidence evidence) {
        return named(evidence, "cpu\\d+");
    }

    private static List<Series> named(TrialEvidence evidence, String site) {
        return evidence.series().stream()
                .filter(s -> s.channel().quantity().equals(Quantities.UTILISATION)
                        && s.channel().site().matches(site))
                .toList();
    }

    private static OptionalDouble mean(List<Series> found, TrialTimes times) {
        return found.isEmpty() ? OptionalDouble.empty() : mean(found.get(0), times);
    }

    /** Over the readings inside turns. */
    private static OptionalDouble mean(Series series, TrialTimes times) {
        List<Window> turns = times.windows();
        double sum = 0;
        int n = 0;
        for (int i = 0; i < series.size(); i++) {
            long at = series.atNanos()[i];
            if (turns.stream().anyMatch(t -> t.contains(at))) {
                sum += series.values()[i];
                n++;
            }
        }
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / n);
    }

    private static Warning warning(String format, Object... figures) {
        return new Warning(Validity.FOREIGN_LOAD, String.format(Locale.ROOT, format, figures));
    }
}
