package dev.melt.engines.llamacpp.quality;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.StatedFigure;
import java.util.List;
import java.util.Set;

/** Puts the examination's name behind figures that a program states without it. */
record FigureNames(String name, String kind) {
    private static final Set<String> OF_A_TEXT = Set.of("perplexity", "kl_divergence");

    /** As the trial's own files say; a folder without them leaves the figures as they are. */
    static FigureNames of(EngineOutput output) {
        List<String> lines =
                output.text(PerplexityScript.TITLE).orElse("").lines().toList();
        return new FigureNames(lines.isEmpty() ? "" : lines.get(0), lines.size() < 2 ? "" : lines.get(1));
    }

    EventLog named(EventLog log) {
        if (name.isEmpty()) {
            return log;
        }
        return new EventLog(
                log.facts(),
                log.effective(),
                log.events(),
                log.perf(),
                log.answers(),
                log.scores(),
                log.figures().stream().map(this::named).toList(),
                log.errors(),
                log.endedWell(),
                log.damagedLines(),
                log.stamps());
    }

    private StatedFigure named(StatedFigure figure) {
        if (figure.metric().equals("accuracy")) {
            return with(figure, "accuracy/" + name + "/" + kind);
        }
        return OF_A_TEXT.contains(figure.metric()) ? with(figure, figure.metric() + "/" + name) : figure;
    }

    private static StatedFigure with(StatedFigure figure, String metric) {
        return new StatedFigure(metric, figure.turn(), figure.value(), figure.uncertainty());
    }
}
