package dev.melt.engines.meltfork;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.llamacpp.LogFacts;
import dev.melt.engines.llamacpp.PerfBlock;
import dev.melt.engines.span.SpanLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the file of event times of one process, with the counts that it printed. */
record ForkFigures(EngineOutput output) implements FigureReader {
    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        log.stamps(Stamps.WALL_CLOCK);
        LogFacts.of(process.all()).addTo(log);
        String file =
                process.number().isPresent() ? "events." + process.number().getAsInt() : "events";
        Optional<ForkEvents> events = output.text(file).flatMap(ForkEvents::of);
        if (events.isEmpty()) {
            return Optional.empty();
        }
        load(events.get(), log);
        for (int i = 0; i < events.get().damagedLines() && !process.saved(); i++) {
            log.damaged();
        }
        List<PerfBlock> blocks = new ArrayList<>(PerfBlock.in(process.lines()));
        int turn = spans.turns();
        int first = turn;
        for (ForkEvents.Segment segment : events.get().segments()) {
            ForkTurn.of(segment, blocks).lay(turn++, log);
        }
        spans.next(turn);
        return Optional.of(turn > first ? Figures.allOf(process) : noAnswer());
    }

    private static void load(ForkEvents events, EventLogBuilder log) {
        ForkEvents.Span load = events.spans().get("load_model");
        if (load != null) {
            log.add(new Event.Load(load.startNanos(), load.endNanos(), PageCache.UNKNOWN));
        }
    }

    private static Figures noAnswer() {
        EngineError error =
                new EngineError("no_result", "the event file has no prompt that was answered", OptionalInt.empty());
        return new Figures(-1, false, Optional.of(error), Optional.empty());
    }
}
