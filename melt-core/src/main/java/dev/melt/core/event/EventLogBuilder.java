package dev.melt.core.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers an {@link EventLog} line by line. A turn becomes an event when its end is seen. Used once, by one thread.
 */
public final class EventLogBuilder {
    private record OpenTurn(int conversation, long startNanos, int depth) {}

    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, String> effective = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<EnginePerf> perf = new ArrayList<>();
    private final Map<Integer, String> answers = new HashMap<>();
    private final List<Score> scores = new ArrayList<>();
    private final List<StatedFigure> figures = new ArrayList<>();
    private final List<EngineError> errors = new ArrayList<>();
    private final Map<Integer, OpenTurn> open = new HashMap<>();
    private Optional<Boolean> endedWell = Optional.empty();
    private int damagedLines;
    private boolean seen;
    private Stamps stamps = Stamps.BOOT_CLOCK;

    /** A log of nothing, stamped with the boot clock. */
    public EventLogBuilder() {}

    EventLogBuilder(EventLog log) {
        facts.putAll(log.facts());
        effective.putAll(log.effective());
        events.addAll(log.events());
        perf.addAll(log.perf());
        answers.putAll(log.answers());
        scores.addAll(log.scores());
        figures.addAll(log.figures());
        errors.addAll(log.errors());
        endedWell = log.endedWell();
        damagedLines = log.damagedLines();
        stamps = log.stamps();
        seen = true;
    }

    /** What the events' nanoseconds are counted from. */
    public void stamps(Stamps countedFrom) {
        stamps = countedFrom;
    }

    /** Puts other events in the place of all that were added. */
    public void replaceEvents(List<Event> others) {
        events.clear();
        events.addAll(others);
    }

    public void add(StatedFigure figure) {
        figures.add(figure);
        seen = true;
    }

    /** What the engine says of itself, the model or its memory, under a flat key. */
    public void fact(String key, String value) {
        facts.put(key, value);
        seen = true;
    }

    /** A setting that took effect, by its key. */
    public void effective(String key, String value) {
        effective.put(key, value);
    }

    /** An event as it is. */
    public void add(Event event) {
        events.add(event);
        seen = true;
    }

    public void add(EnginePerf engineTiming) {
        perf.add(engineTiming);
    }

    public void add(Score score) {
        scores.add(score);
        seen = true;
    }

    public void add(EngineError error) {
        errors.add(error);
        seen = true;
    }

    /** The text that a turn generated. */
    public void answer(int turn, String text) {
        answers.put(turn, text);
    }

    /** Opens a turn; it becomes an event with {@link #turnEnded}. */
    public void turnStarted(int turn, int conversation, long startNanos, int depth) {
        open.put(turn, new OpenTurn(conversation, startNanos, depth));
        seen = true;
    }

    /** Closes a turn that was opened. */
    public void turnEnded(int turn, long endNanos, int generated) {
        OpenTurn start = open.remove(turn);
        if (start == null) {
            throw new IllegalArgumentException("turn " + turn + " ends and was not begun");
        }
        events.add(new Event.Turn(turn, start.conversation(), start.startNanos(), endNanos, generated, start.depth()));
    }

    /** The process came to its end, well or not. */
    public void ended(boolean well) {
        endedWell = Optional.of(well);
        seen = true;
    }

    /** Something was understood, although nothing of it is kept. */
    public void seen() {
        seen = true;
    }

    /** A line could not be read and was left out. */
    public void damaged() {
        damagedLines++;
    }

    /** Whether nothing was understood so far. */
    public boolean isEmpty() {
        return !seen;
    }

    public EventLog build() {
        return new EventLog(
                facts, effective, events, perf, answers, scores, figures, errors, endedWell, damagedLines, stamps);
    }
}
