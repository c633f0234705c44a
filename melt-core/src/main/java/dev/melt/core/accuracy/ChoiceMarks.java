package dev.melt.core.accuracy;

import dev.melt.core.event.Score;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.QualityMetrics;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Marks every item of an examination whose questions were all answered, and sums up. */
final class ChoiceMarks {
    private final Examination.Choices exam;
    private final Map<String, Map<String, List<Double>>> byKindAndGroup = new LinkedHashMap<>();
    private int marked;

    ChoiceMarks(Examination.Choices exam, Map<Integer, Score> scores) {
        this.exam = exam;
        int first = 0;
        for (Item item : exam.items()) {
            List<Score> answers = new ArrayList<>();
            for (int i = first; i < first + item.questions() && scores.containsKey(i); i++) {
                answers.add(scores.get(i));
            }
            first += item.questions();
            if (answers.size() == item.questions()) {
                marked++;
                ItemMarks.of(item.grading(), answers).forEach((kind, mark) -> add(kind, item.group(), mark));
            }
        }
    }

    private void add(String kind, String group, double mark) {
        byKindAndGroup
                .computeIfAbsent(kind, any -> new TreeMap<>())
                .computeIfAbsent(group, any -> new ArrayList<>())
                .add(mark);
    }

    int leftOut() {
        return exam.items().size() - marked;
    }

    List<MetricValue> figures() {
        List<MetricValue> figures = new ArrayList<>();
        byKindAndGroup.forEach((kind, groups) -> {
            if (kind.equals(ItemMarks.LOG_LIKELIHOOD)) {
                figures.add(perplexity(flat(groups.values())));
            } else {
                accuracy(kind, groups, figures);
            }
        });
        return figures;
    }

    private void accuracy(String kind, Map<String, List<Double>> groups, List<MetricValue> figures) {
        List<Double> all = flat(groups.values());
        OptionalDouble error =
                groups.size() == 1 ? StandardError.of(all) : StandardError.pooled(List.copyOf(groups.values()));
        figures.add(QualityMetrics.ACCURACY.ofTrialAt(
                exam.name() + "/" + kind, StandardError.mean(all), error, source(all.size())));
        if (groups.size() > 1) {
            groups.forEach((group, marks) -> figures.add(QualityMetrics.ACCURACY.ofTrialAt(
                    exam.name() + "/" + group + "/" + kind,
                    StandardError.mean(marks),
                    StandardError.of(marks),
                    source(marks.size()))));
        }
    }

    /** The error of the mean logarithm carried over; the harness draws it by bootstrap. */
    private MetricValue perplexity(List<Double> logLikelihoods) {
        double value = Math.exp(-StandardError.mean(logLikelihoods));
        OptionalDouble error = StandardError.of(logLikelihoods);
        return QualityMetrics.PERPLEXITY.ofTrialAt(
                exam.name(),
                value,
                error.isPresent() ? OptionalDouble.of(value * error.getAsDouble()) : error,
                source(logLikelihoods.size()));
    }

    private static String source(int items) {
        return items + (items == 1 ? " item" : " items");
    }

    private static List<Double> flat(Collection<List<Double>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }
}
