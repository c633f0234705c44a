package dev.melt.core.metric;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.melt.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The events of a trial, sorted by turn. An event belongs to the turn that it names, wherever its line stood: no figure
 * depends on the order of lines.
 */
record TrialTimes(
        List<TurnTimes> turns,
        List<Event.Load> loads,
        List<Window> contexts,
        List<Window> warmUps,
        List<Window> graphs) {
    TrialTimes {
        turns = List.copyOf(turns);
        loads = List.copyOf(loads);
        contexts = List.copyOf(contexts);
        warmUps = List.copyOf(warmUps);
        graphs = List.copyOf(graphs);
    }

    static TrialTimes of(List<Event> events) {
        List<Window> graphs = spans(events, Event.GraphPrepare.class);
        SortedMap<Integer, List<Event>> byTurn = new TreeMap<>();
        for (Event event : events) {
            if (event.turnIndex().isPresent() && !(event instanceof Event.Op)) {
                byTurn.computeIfAbsent(event.turnIndex().getAsInt(), any -> new ArrayList<>())
                        .add(event);
            }
        }
        List<TurnTimes> turns = byTurn.entrySet().stream()
                .map(e -> turn(e.getKey(), e.getValue(), graphs))
                .toList();
        return new TrialTimes(
                turns,
                all(events, Event.Load.class),
                spans(events, Event.ContextCreated.class),
                spans(events, Event.WarmUp.class),
                graphs);
    }

    /** From the start of the first turn to the end of the last; empty where no turn came to its end. */
    Optional<Window> allTurns() {
        List<Window> windows = windows();
        return windows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Window(
                        windows.stream().mapToLong(Window::startNanos).min().getAsLong(),
                        windows.stream().mapToLong(Window::endNanos).max().getAsLong()));
    }

    /** The turns as whole spans, in which the engine is at work. */
    List<Window> windows() {
        return turns.stream().flatMap(t -> t.whole().stream()).toList();
    }

    private static TurnTimes turn(int index, List<Event> own, List<Window> graphs) {
        return new TurnTimes(
                index,
                all(own, Event.Turn.class).stream().findFirst(),
                all(own, Event.Prefill.class).stream()
                        .sorted(comparingLong(Event.Prefill::startNanos))
                        .toList(),
                all(own, Event.Token.class).stream()
                        .sorted(comparingInt(Event.Token::index))
                        .toList(),
                all(own, Event.Decode.class).stream().findFirst(),
                graphs);
    }

    private static List<Window> spans(List<Event> events, Class<? extends Event> kind) {
        return all(events, kind).stream()
                .map(event -> new Window(event.startNanos(), event.endNanos()))
                .toList();
    }

    private static <E extends Event> List<E> all(List<Event> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
