package dev.melt.core.metric;

import dev.melt.core.telemetry.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Charge taken out of the battery. A turn during which current flowed into it has none. */
final class DischargeFigures implements FigureFamily {
    private static final double COULOMBS_PER_MILLIAMPERE_HOUR = 3.6;

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        return TotalPower.battery(evidence.series(), Quantities.CURRENT)
                .map(current -> figures(evidence, times, current))
                .orElse(List.of());
    }

    private static List<MetricValue> figures(TrialEvidence evidence, TrialTimes times, Series current) {
        Trace trace = Trace.of(Trace.Kind.DISCHARGE, current, evidence.periodNanos(), false);
        double resolution = trace.resolution();
        List<MetricValue> figures = new ArrayList<>();
        double sum = 0;
        int turns = 0;
        boolean every = true;
        for (TurnTimes turn : times.turns()) {
            Optional<Window> window = turn.untilLastToken();
            if (window.isEmpty()) {
                continue;
            }
            Integral integral = Integral.over(trace, window.get());
            every &= integral.total().isPresent();
            if (integral.total().isPresent()) {
                Measured charge = charge(
                        integral,
                        evidence.clockBoundNanos(),
                        resolution,
                        current.channel().source());
                OptionalInt index = OptionalInt.of(turn.index());
                figures.add(EnergyMetrics.DISCHARGE.measured(index, charge));
                turn.generated()
                        .ifPresent(n -> figures.add(EnergyMetrics.DISCHARGE_PER_TOKEN.measured(index, charge.per(n))));
                sum += charge.value();
                turns++;
            }
        }
        if (every && turns > 0) {
            perTurn(sum / turns, evidence.device().batteryCapacityMilliampereHours(), current, figures);
        }
        return figures;
    }

    private static void perTurn(
            double milliampereHours, OptionalDouble capacity, Series current, List<MetricValue> figures) {
        String source = current.channel().source();
        figures.add(EnergyMetrics.DISCHARGE_PER_TURN.ofTrial(milliampereHours, source));
        if (milliampereHours > 0) {
            capacity.ifPresent(
                    full -> figures.add(EnergyMetrics.TURNS_PER_CHARGE.ofTrial(full / milliampereHours, source)));
        }
    }

    private static Measured charge(Integral coulombs, long clockBoundNanos, double resolution, String source) {
        double uncertainty = coulombs.uncertainty(clockBoundNanos, resolution * coulombs.coveredSeconds());
        return new Measured(
                        coulombs.amount(),
                        source,
                        OptionalDouble.of(uncertainty),
                        Optional.of(EnergyGrade.ofSource(source).name()))
                .per(COULOMBS_PER_MILLIAMPERE_HOUR);
    }
}
