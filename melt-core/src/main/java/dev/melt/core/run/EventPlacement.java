package dev.melt.core.run;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.metric.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts what one engine process said onto the device's boot clock, on which telemetry is stamped. Durations are never changed.
 * Where nothing tells when the engine ran, events stay where they are, far from every sample: there is then no energy.
 */
final class EventPlacement {
    /** From the agent's start stamp and the wait at rest to the engine's first instruction: a sleep, an exec, a loader. */
    static final long LAUNCH_NANOS = 20_000_000;

    private final AgentStatus status;
    private final long idleNanos;
    private final Map<Integer, TurnSpanFile.Span> spans;

    /**
     * For one attempt.
     *
     * @param status as the agent left it
     * @param idle for which the agent waited between its start stamp and the engine
     * @param spans of processes that ran a turn each, by turn; empty for one process
     */
    EventPlacement(AgentStatus status, Duration idle, Map<Integer, TurnSpanFile.Span> spans) {
        this.status = status;
        this.idleNanos = idle.toNanos();
        this.spans = Map.copyOf(spans);
    }

    /**
     * A log on the boot clock.
     *
     * @param boundNanos its events are within this of where they are; 0 where the engine itself used that clock
     */
    record Placed(EventLog log, long boundNanos) {}

    Placed place(EventLog log) {
        return switch (log.stamps()) {
            case BOOT_CLOCK -> new Placed(log, 0);
            case WALL_CLOCK ->
                wall().map(w -> shifted(log, w.offset(), w.bound())).orElseGet(() -> durations(log));
            case PROCESS_START ->
                engineStart().stream()
                        .mapToObj(start -> shifted(log, start, LAUNCH_NANOS))
                        .findFirst()
                        .orElse(new Placed(log, 0));
            case DURATIONS -> durations(log);
        };
    }

    private record Wall(long offset, long bound) {}

    /** Somebody who sets the wall clock in a trial makes the relation at its start worthless. */
    private Optional<Wall> wall() {
        OptionalLong wall = detail("wall_ns");
        OptionalLong boot = detail("wall_boot_ns");
        return wall.isPresent() && boot.isPresent() && detail("clock_steps").orElse(0) == 0
                ? Optional.of(new Wall(
                        boot.getAsLong() - wall.getAsLong(),
                        detail("wall_bound_ns").orElse(0)))
                : Optional.empty();
    }

    private OptionalLong engineStart() {
        return status.startNanos().isPresent()
                ? OptionalLong.of(status.startNanos().getAsLong() + idleNanos)
                : OptionalLong.empty();
    }

    private Placed durations(EventLog log) {
        if (log.events().isEmpty()) {
            return new Placed(log, 0);
        }
        return spans.keySet()
                                .containsAll(log.turns().stream()
                                        .map(Event.Turn::turn)
                                        .toList())
                        && !log.turns().isEmpty()
                ? turnByTurn(log)
                : atTheEnd(log);
    }

    /** What a process does after its last token is little beside what it does before its first. */
    private Placed atTheEnd(EventLog log) {
        OptionalLong start = engineStart();
        if (start.isEmpty() || status.endNanos().isEmpty()) {
            return new Placed(log, 0);
        }
        Window events = extent(log.events());
        long end = status.endNanos().getAsLong();
        return shifted(
                log, end - events.endNanos(), unexplained(new Window(Math.min(start.getAsLong(), end), end), events));
    }

    /** Each turn with what was laid before it ends with the process that ran it. */
    private Placed turnByTurn(EventLog log) {
        List<Event.Turn> turns =
                log.turns().stream().sorted(comparingLong(Event.Turn::endNanos)).toList();
        List<List<Event>> groups = new ArrayList<>();
        turns.forEach(turn -> groups.add(new ArrayList<>()));
        for (Event event : log.events()) {
            int group = 0;
            while (group < turns.size() - 1
                    && event.endNanos() > turns.get(group).endNanos()) {
                group++;
            }
            groups.get(event.turnIndex().isPresent() ? position(turns, event) : group)
                    .add(event);
        }
        List<Event> placed = new ArrayList<>();
        long bound = 0;
        for (int i = 0; i < turns.size(); i++) {
            List<Event> group = groups.get(i);
            TurnSpanFile.Span span = requireNonNull(spans.get(turns.get(i).turn()), "every turn has a span");
            Window events = extent(group);
            long shift = span.window().endNanos() - events.endNanos();
            group.forEach(event -> placed.add(event.shiftedBy(shift)));
            bound = Math.max(bound, unexplained(span.window(), events) + span.boundNanos());
        }
        return new Placed(with(log, placed), bound);
    }

    private static int position(List<Event.Turn> turns, Event event) {
        int turn = event.turnIndex().orElseThrow();
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).turn() == turn) {
                return i;
            }
        }
        return turns.size() - 1;
    }

    /** How much of the process is not told of by events: they may lie anywhere in it. */
    private static long unexplained(Window process, Window events) {
        return Math.abs((process.endNanos() - process.startNanos()) - (events.endNanos() - events.startNanos()));
    }

    private static Window extent(List<Event> events) {
        return new Window(
                events.stream().mapToLong(Event::startNanos).min().orElseThrow(),
                events.stream().mapToLong(Event::endNanos).max().orElseThrow());
    }

    private static Placed shifted(EventLog log, long nanos, long bound) {
        return new Placed(
                with(
                        log,
                        log.events().stream()
                                .map(event -> event.shiftedBy(nanos))
                                .toList()),
                bound);
    }

    private static EventLog with(EventLog log, List<Event> events) {
        EventLogBuilder placed = log.toBuilder();
        placed.replaceEvents(events);
        return placed.build();
    }

    private OptionalLong detail(String key) {
        String text = status.details().getOrDefault(key, "");
        return text.matches("[0-9]{1,18}|[1-8][0-9]{18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
