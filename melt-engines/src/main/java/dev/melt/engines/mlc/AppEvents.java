package dev.melt.engines.mlc;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The events of MELT's apps: name and nanoseconds of the wall clock, in no order. Prefill N begins turn N and gives its first
 * token; decoding steps are numbered over the whole conversation and belong to the turn in whose time they lie.
 */
final class AppEvents implements MlcForm {
    private static final String WHAT = "MELT MLC events";
    private static final Pattern LINE =
            Pattern.compile("\\b([a-z_]+(?:\\.[a-z0-9_]+)*)\\.(start|end)[,\\s]\\s*([0-9]{16,19})\\b");
    private static final String PREFILL = "prefill.";
    private static final String DECODE = "generate.decode.";
    private static final String RELOAD = "reload.";
    private static final String OF_THE_CLI = "chat.0.0.";

    private record Span(long start, long end) {}

    @Override
    public boolean recognises(String text) {
        return ConsoleText.of(text).has(LINE)
                && (text.contains(PREFILL) || text.contains(DECODE) || text.contains(RELOAD));
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        if (text.contains(OF_THE_CLI)) {
            throw new UnknownOutputException(WHAT + ": a number for each turn and step expected, events of the command-"
                    + "line program found, which writes every step under one name and so keeps the last alone");
        }
        Map<String, Span> spans = spans(text, log);
        List<Span> prefills = named(PREFILL, spans);
        List<Span> steps = named(DECODE, spans);
        if (prefills.isEmpty()) {
            throw new UnknownOutputException(WHAT + ": start and end of a prefill expected, none found");
        }
        log.stamps(Stamps.WALL_CLOCK);
        named(RELOAD, spans).stream()
                .findFirst()
                .ifPresent(load -> log.add(new Event.Load(load.start(), load.end(), PageCache.UNKNOWN)));
        for (int turn = 0; turn < prefills.size(); turn++) {
            long next = turn + 1 < prefills.size() ? prefills.get(turn + 1).start() : Long.MAX_VALUE;
            Span prefill = prefills.get(turn);
            turn(
                    turn,
                    prefill,
                    steps.stream()
                            .filter(s -> s.start() >= prefill.end() && s.start() < next)
                            .toList(),
                    log);
        }
        return true;
    }

    private static void turn(int turn, Span prefill, List<Span> steps, EventLogBuilder log) {
        log.turnStarted(turn, 0, prefill.start(), 0);
        // how many tokens the prompt had is not in this file
        log.add(new Event.Prefill(turn, prefill.start(), prefill.end(), 0, 0));
        log.add(new Event.Token(turn, 0, prefill.end(), OptionalInt.empty()));
        for (int i = 0; i < steps.size(); i++) {
            log.add(new Event.Token(turn, i + 1, steps.get(i).end(), OptionalInt.empty()));
        }
        long end = steps.isEmpty() ? prefill.end() : steps.get(steps.size() - 1).end();
        log.turnEnded(turn, end, steps.size() + 1);
    }

    private static Map<String, Span> spans(String text, EventLogBuilder log) {
        Map<String, Long> starts = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        List<String> lines = ConsoleText.of(text).lines();
        for (String line : lines) {
            List<MatchResult> found = LINE.matcher(line).results().toList();
            found.forEach(event -> (event.group(2).equals("start") ? starts : ends)
                    .put(event.group(1), Long.parseLong(event.group(3))));
            if (found.isEmpty() && !line.isBlank()) {
                log.damaged();
            }
        }
        Map<String, Span> spans = new HashMap<>();
        starts.forEach((name, start) -> {
            Long end = ends.get(name);
            if (end != null && end >= start) {
                spans.put(name, new Span(start, end));
            }
        });
        return spans;
    }

    private static List<Span> named(String prefix, Map<String, Span> spans) {
        List<Span> named = new ArrayList<>();
        spans.forEach((name, span) -> {
            if (name.startsWith(prefix)) {
                named.add(span);
            }
        });
        named.sort(Comparator.comparingLong(Span::start).thenComparingLong(Span::end));
        return named;
    }
}
