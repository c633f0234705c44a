package dev.melt.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Joules and watts from the one source that stands for the whole device. */
final class EnergyFigures implements FigureFamily {
    private static final double JOULES_PER_MILLIWATT_HOUR = 3.6;

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        evidence.idle().ifPresent(idle -> figures.add(idle(idle)));
        TotalPower.choose(evidence.series(), evidence.periodNanos())
                .ifPresent(power -> times.turns().forEach(turn -> new OfTurn(evidence, power, turn, figures).addAll()));
        return figures;
    }

    private static MetricValue idle(IdlePower idle) {
        return EnergyMetrics.POWER_IDLE.measured(
                OptionalInt.empty(),
                new Measured(
                        idle.meanWatts(), idle.source(), OptionalDouble.of(idle.uncertaintyWatts()), Optional.empty()));
    }

    /** The energies of one turn. */
    private record OfTurn(TrialEvidence evidence, PowerSource power, TurnTimes turn, List<MetricValue> figures) {
        void addAll() {
            turn.untilLastToken().ifPresent(this::wholeTurn);
            energy(turn.prefillWindows())
                    .filter(joules -> turn.prefillSeconds().isPresent())
                    .ifPresent(joules -> {
                        add(EnergyMetrics.ENERGY_PREFILL, joules);
                        add(EnergyMetrics.ENERGY_PER_TOKEN_PREFILL, joules.per(turn.promptTokens()));
                    });
            turn.decode().flatMap(w -> energy(List.of(w))).ifPresent(joules -> {
                add(EnergyMetrics.ENERGY_DECODE, joules);
                add(EnergyMetrics.ENERGY_PER_TOKEN_DECODE, joules.per(turn.decodeSteps()));
            });
            turn.generated().ifPresent(this::perToken);
        }

        private void wholeTurn(Window window) {
            energy(List.of(window)).ifPresent(joules -> {
                add(EnergyMetrics.ENERGY, joules);
                add(EnergyMetrics.POWER_MEAN, joules.per(window.seconds()));
                evidence.idle()
                        .filter(idle -> idle.source().equals(power.name()))
                        .ifPresent(idle -> add(EnergyMetrics.ENERGY_NET, net(joules, idle, window)));
                power.integral(window)
                        .peak()
                        .ifPresent(watts -> add(
                                EnergyMetrics.POWER_PEAK,
                                new Measured(watts, power.name(), OptionalDouble.empty(), grade())));
            });
        }

        private void perToken(int generated) {
            turn.prefillAndDecode()
                    .flatMap(w -> energy(List.of(w)))
                    .ifPresent(joules -> add(EnergyMetrics.ENERGY_PER_TOKEN, joules.per(generated)));
            turn.whole()
                    .flatMap(w -> energy(List.of(w)))
                    .ifPresent(joules -> add(
                            EnergyMetrics.ENERGY_PER_TOKEN_MELT, joules.per(generated * JOULES_PER_MILLIWATT_HOUR)));
        }

        private Measured net(Measured joules, IdlePower idle, Window window) {
            return new Measured(
                    joules.value() - idle.meanWatts() * window.seconds(),
                    joules.source(),
                    OptionalDouble.of(joules.uncertainty().orElseThrow() + idle.uncertaintyWatts() * window.seconds()),
                    joules.grade());
        }

        /** Of the windows together; empty where a part of one is not covered. */
        private Optional<Measured> energy(List<Window> windows) {
            double joules = 0;
            double uncertainty = 0;
            for (Window window : windows) {
                Integral integral = power.integral(window);
                if (integral.total().isEmpty()) {
                    return Optional.empty();
                }
                joules += integral.amount();
                uncertainty += power.uncertaintyJoules(integral, evidence.clockBoundNanos());
            }
            return windows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Measured(joules, power.name(), OptionalDouble.of(uncertainty), grade()));
        }

        private Optional<String> grade() {
            return Optional.of(power.grade().name());
        }

        private void add(Metric metric, Measured measured) {
            figures.add(metric.measured(OptionalInt.of(turn.index()), measured));
        }
    }
}
