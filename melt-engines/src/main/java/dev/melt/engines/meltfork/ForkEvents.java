package dev.melt.engines.meltfork;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that {@code --timings-file} names: a key and nanoseconds since 1970 a line, in no order. The number in a key is
 * that of the program's main loop, which goes on over all turns; {@code prompt.M.tokenize} says that in round M a prompt was
 * typed. Round M + 1 then only takes it up, and it is evaluated from round M + 2 on. What round M itself decoded before that is
 * the last token of the answer before, and what round M + 1 decodes is the end-of-sequence token of it: neither gives a
 * token.
 *
 * @param spans by key without {@code .start} and {@code .end}; those of which both are there
 * @param damagedLines that are no such line
 */
record ForkEvents(Map<String, Span> spans, int damagedLines) {
    /** Nanoseconds since 1970. */
    record Span(long startNanos, long endNanos) {
        long nanos() {
            return endNanos - startNanos;
        }
    }

    /**
     * A prompt and what came of it.
     *
     * @param startNanos when it was taken up
     * @param decodes the rounds that evaluated something: at first the prompt, then a token each
     * @param last whether no other prompt follows, so that the last round may be one that gave no token
     */
    record Segment(long startNanos, List<Span> decodes, boolean last) {
        Segment {
            decodes = List.copyOf(decodes);
        }
    }

    private static final Pattern LINE =
            Pattern.compile("\\b([a-z_]+(?:\\.[a-z_0-9]+)*)\\.(start|end)[ ,]([0-9]{16,19})\\b");
    private static final Pattern DECODE = Pattern.compile("generate\\.([0-9]{1,9})\\.decode");
    private static final Pattern PROMPT = Pattern.compile("prompt\\.([0-9]{1,9})\\.tokenize");
    private static final int TAKEN_UP = 1;

    ForkEvents {
        spans = Map.copyOf(spans);
    }

    /** Reads a file's text; empty where no line of it is an event. */
    static Optional<ForkEvents> of(String text) {
        Map<String, Long> starts = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        int damaged = 0;
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.find()) {
                (matcher.group(2).equals("start") ? starts : ends)
                        .put(matcher.group(1), Long.parseLong(matcher.group(3)));
            } else if (!line.isBlank()) {
                damaged++;
            }
        }
        Map<String, Span> spans = new HashMap<>();
        starts.forEach((key, start) -> {
            Long end = ends.get(key);
            if (end != null && end >= start) {
                spans.put(key, new Span(start, end));
            }
        });
        return spans.isEmpty() ? Optional.empty() : Optional.of(new ForkEvents(spans, damaged));
    }

    /** The turns, in their order; a prompt of which nothing was evaluated before the end is none. */
    List<Segment> segments() {
        SortedMap<Integer, Span> decodes = rounds(DECODE);
        SortedMap<Integer, Span> prompts = rounds(PROMPT);
        List<Segment> segments = new ArrayList<>();
        int next = prompts.isEmpty() ? Integer.MAX_VALUE : prompts.firstKey();
        List<Span> initial = List.copyOf(decodes.headMap(next).values());
        // a system prompt is evaluated, too, and answered by nobody
        if (!initial.isEmpty() && (prompts.isEmpty() || initial.size() > 1)) {
            long start = Optional.ofNullable(spans.get("prompt"))
                    .map(Span::startNanos)
                    .orElse(initial.get(0).startNanos());
            segments.add(new Segment(start, initial, prompts.isEmpty()));
        }
        for (Map.Entry<Integer, Span> prompt : prompts.entrySet()) {
            int from = prompt.getKey() + TAKEN_UP + 1;
            SortedMap<Integer, Span> behind = prompts.tailMap(prompt.getKey() + 1);
            int to = behind.isEmpty() ? Integer.MAX_VALUE : behind.firstKey();
            List<Span> own = from < to ? List.copyOf(decodes.subMap(from, to).values()) : List.of();
            if (!own.isEmpty()) {
                segments.add(new Segment(prompt.getValue().startNanos(), own, behind.isEmpty()));
            }
        }
        return segments;
    }

    private SortedMap<Integer, Span> rounds(Pattern key) {
        SortedMap<Integer, Span> rounds = new TreeMap<>();
        spans.forEach((name, span) -> {
            Matcher matcher = key.matcher(name);
            if (matcher.matches()) {
                rounds.put(Integer.parseInt(matcher.group(1)), span);
            }
        });
        return rounds;
    }
}
