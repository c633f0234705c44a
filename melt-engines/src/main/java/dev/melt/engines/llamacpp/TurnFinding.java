package dev.melt.engines.llamacpp;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an output tells of one turn, before it has its number in the trial. */
sealed interface TurnFinding {
    /** Writes it under a number. */
    void lay(int turn, SpanLayout layout, EventLogBuilder log);

    /**
     * Times of prompt and answer.
     *
     * @param tokenSeconds ends of the tokens where they were timed one by one; empty where not
     * @param prefill the engine's own words on the prompt
     * @param decode the engine's own words on the answer
     */
    record Timed(
            TurnSpans spans,
            SortedMap<Integer, Double> tokenSeconds,
            EnginePerf.Phase prefill,
            EnginePerf.Phase decode,
            Optional<String> answer)
            implements TurnFinding {
        public Timed {
            tokenSeconds = Collections.unmodifiableSortedMap(new TreeMap<>(tokenSeconds));
        }

        Timed(TurnSpans spans, EnginePerf.Phase prefill, EnginePerf.Phase decode) {
            this(spans, Collections.emptySortedMap(), prefill, decode, Optional.empty());
        }

        @Override
        public void lay(int turn, SpanLayout layout, EventLogBuilder log) {
            if (tokenSeconds.isEmpty()) {
                layout.turn(turn, spans);
            } else {
                layout.streamed(turn, spans, tokenSeconds);
            }
            log.add(new EnginePerf(turn, prefill, decode));
            answer.ifPresent(text -> log.answer(turn, text));
        }
    }

    /** Prompt and answer timed together; the rate over both is no metric and becomes a fact. */
    record Undivided(double seconds, int generated, int depth) implements TurnFinding {
        @Override
        public void lay(int turn, SpanLayout layout, EventLogBuilder log) {
            layout.undivided(turn, seconds, generated, depth);
            log.add(StatedFigure.ofTurn("turn_time", turn, seconds));
        }
    }

    /** Rates without the times behind them; {@code figures} by id of the metric that they mean exactly. */
    record Stated(EnginePerf.Phase prefill, EnginePerf.Phase decode, Map<String, Double> figures, int depth)
            implements TurnFinding {
        public Stated {
            figures = Map.copyOf(figures);
        }

        @Override
        public void lay(int turn, SpanLayout layout, EventLogBuilder log) {
            layout.undivided(turn, 0, 0, depth);
            log.add(new EnginePerf(turn, prefill, decode));
            figures.forEach((metric, value) -> log.add(StatedFigure.ofTurn(metric, turn, value)));
        }
    }

    /** A turn that the engine refused or changed, so that no figure of it is the one asked for. */
    record Failed(String kind, String message) implements TurnFinding {
        @Override
        public void lay(int turn, SpanLayout layout, EventLogBuilder log) {
            log.add(new EngineError(kind, message, OptionalInt.of(turn)));
        }
    }
}
