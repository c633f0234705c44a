package dev.melt.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of what the hardware could do at most was used. */
final class UtilisationFigures implements FigureFamily {
    private static final String SOURCE = "events and data sheet";

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        for (TurnTimes turn : times.turns()) {
            bandwidth(evidence, turn).ifPresent(v -> figures.add(DeviceMetrics.MBU.ofTurn(turn.index(), v, SOURCE)));
            arithmetic(evidence, turn).ifPresent(v -> figures.add(DeviceMetrics.MFU.ofTurn(turn.index(), v, SOURCE)));
        }
        return figures;
    }

    private static Optional<Double> bandwidth(TrialEvidence evidence, TurnTimes turn) {
        ModelFacts model = evidence.model();
        if (model.bytes().isEmpty()
                || model.kvBytesPerPosition().isEmpty()
                || evidence.device().peakBytesPerSecond().isEmpty()) {
            return Optional.empty();
        }
        return turn.decode().map(decode -> {
            double perToken =
                    model.bytes().getAsLong() + model.kvBytesPerPosition().getAsDouble() * meanContext(turn);
            double rate = turn.decodeSteps() / decode.seconds();
            return perToken * rate / evidence.device().peakBytesPerSecond().getAsDouble();
        });
    }

    /** Positions that a token of the middle of the answer looks back on. */
    private static double meanContext(TurnTimes turn) {
        int before =
                Math.max(turn.cachedTokens(), turn.turn().map(t -> t.depth()).orElse(0));
        return before + turn.promptTokens() + (turn.decodeSteps() + 1) / 2.0;
    }

    private static Optional<Double> arithmetic(TrialEvidence evidence, TurnTimes turn) {
        if (evidence.model().parameters().isEmpty()
                || evidence.device().peakOperationsPerSecond().isEmpty()
                || turn.prefillSeconds().isEmpty()) {
            return Optional.empty();
        }
        double rate = turn.promptTokens() / turn.prefillSeconds().getAsDouble();
        return Optional.of(2.0
                * evidence.model().parameters().getAsLong()
                * rate
                / evidence.device().peakOperationsPerSecond().getAsDouble());
    }
}
