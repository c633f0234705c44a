package dev.melt.core.metric;

import dev.melt.core.event.StatedFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures that an engine states, in the places that MELT's own formulas leave empty. */
final class StatedFigures {
    private static final String SOURCE = "engine, stated";

    private StatedFigures() {}

    /**
     * Those that nothing else gives.
     *
     * @param own what the formulas gave
     * @throws IllegalArgumentException for an id that no metric has: a fault of the adapter, which must not pass unseen
     */
    static List<MetricValue> beside(List<MetricValue> own, List<StatedFigure> stated) {
        List<MetricValue> figures = new ArrayList<>();
        for (StatedFigure figure : stated) {
            Metric metric = Metrics.find(figure.metric())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "an adapter states " + figure.metric() + ", which is no metric"));
            if (own.stream().noneMatch(v -> isSame(v, figure))) {
                figures.add(new MetricValue(
                        figure.metric(),
                        metric.formulaVersion(),
                        figure.turn(),
                        figure.value(),
                        metric.unit(),
                        SOURCE,
                        figure.uncertainty(),
                        Optional.empty()));
            }
        }
        return figures;
    }

    private static boolean isSame(MetricValue value, StatedFigure figure) {
        return value.metric().equals(figure.metric()) && value.turn().equals(figure.turn());
    }
}
