package dev.melt.core.accuracy;

import dev.melt.core.event.Score;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.QualityMetrics;
import dev.melt.core.workload.Examination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/** Perplexity of a text, and divergence from another model over it, from the sums of its windows. */
final class ProseMarks {
    private ProseMarks() {}

    static List<MetricValue> figures(Examination.Prose prose, Collection<Score> windows) {
        long tokens = windows.stream().mapToLong(Score::continuationTokens).sum();
        if (tokens == 0) {
            return List.of();
        }
        String source = tokens + " tokens in " + windows.size() + " windows of " + prose.window();
        List<MetricValue> figures = new ArrayList<>();
        figures.add(perplexity(prose, windows, tokens, source));
        if (windows.stream().allMatch(window -> window.divergence().isPresent())) {
            figures.add(divergence(prose, windows, tokens, source));
        }
        return figures;
    }

    private static MetricValue perplexity(
            Examination.Prose prose, Collection<Score> windows, long tokens, String source) {
        double sum = windows.stream().mapToDouble(w -> -w.logLikelihood()).sum();
        double value = Math.exp(sum / tokens);
        OptionalDouble error = OptionalDouble.empty();
        if (windows.stream().allMatch(w -> w.squares().isPresent())) {
            double squares =
                    windows.stream().mapToDouble(w -> w.squares().orElseThrow()).sum();
            OptionalDouble ofMean = StandardError.ofSums(sum, squares, tokens);
            error = ofMean.isPresent() ? OptionalDouble.of(value * ofMean.getAsDouble()) : ofMean;
        }
        return QualityMetrics.PERPLEXITY.ofTrialAt(prose.name(), value, error, source);
    }

    private static MetricValue divergence(
            Examination.Prose prose, Collection<Score> windows, long tokens, String source) {
        double sum = 0;
        double squares = 0;
        for (Score window : windows) {
            sum += window.divergence().orElseThrow().sum();
            squares += window.divergence().orElseThrow().squares();
        }
        return QualityMetrics.KL_DIVERGENCE.ofTrialAt(
                prose.name(), sum / tokens, StandardError.ofSums(sum, squares, tokens), source);
    }
}
