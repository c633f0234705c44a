package dev.melt.core.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers an {@link EventLog} line by line. A turn becomes an event when its end is seen. */
final class EventLogBuilder {
    private record OpenTurn(int conversation, long startNanos, int depth) {}

    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, String> effective = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<EnginePerf> perf = new ArrayList<>();
    private final Map<Integer, String> answers = new HashMap<>();
    private final List<Score> scores = new ArrayList<>();
    private final List<EngineError> errors = new ArrayList<>();
    private final Map<Integer, OpenTurn> open = new HashMap<>();
    private Optional<Boolean> endedWell = Optional.empty();
    private int damagedLines;
    private boolean seen;

    void fact(String key, String value) {
        facts.put(key, value);
        seen = true;
    }

    void effective(String key, String value) {
        effective.put(key, value);
    }

    void add(Event event) {
        events.add(event);
        seen = true;
    }

    void add(EnginePerf engineTiming) {
        perf.add(engineTiming);
    }

    void add(Score score) {
        scores.add(score);
        seen = true;
    }

    void add(EngineError error) {
        errors.add(error);
        seen = true;
    }

    void answer(int turn, String text) {
        answers.put(turn, text);
    }

    void turnStarted(int turn, int conversation, long startNanos, int depth) {
        open.put(turn, new OpenTurn(conversation, startNanos, depth));
        seen = true;
    }

    void turnEnded(int turn, long endNanos, int generated) {
        OpenTurn start = open.remove(turn);
        if (start == null) {
            throw new IllegalArgumentException("turn " + turn + " ends and was not begun");
        }
        events.add(new Event.Turn(turn, start.conversation(), start.startNanos(), endNanos, generated, start.depth()));
    }

    void ended(boolean well) {
        endedWell = Optional.of(well);
        seen = true;
    }

    void seen() {
        seen = true;
    }

    void damaged() {
        damagedLines++;
    }

    boolean isEmpty() {
        return !seen;
    }

    EventLog build() {
        return new EventLog(facts, effective, events, perf, answers, scores, errors, endedWell, damagedLines);
    }
}
