package dev.melt.engines.mllm;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Phase;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.Numbers;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The lines of version 1 that time each part of the prompt's graph, on the NPU or the CPU. They are exact and become operators of
 * the prefill, each where the line says it ended; alone they are no whole output, for a process ends with more than them.
 */
final class GraphTimes implements FigureReader {
    private static final Pattern PART = Pattern.compile("TIME of (QNN|CPU) Graph ([0-9]{1,6}):\\s*"
            + Numbers.NUMBER
            + "\\s*ms(?:,\\s*End at\\s*"
            + Numbers.NUMBER
            + ")?");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        if (!add(process, 0, log)) {
            return Optional.empty();
        }
        return FigureReader.upTo(process, PART).map(found -> new Figures(found.lastLine(), false));
    }

    /** Adds the parts, and says whether there was one. */
    static boolean add(ProcessOutput process, int turn, EventLogBuilder log) {
        long end = 0;
        int pass = 0;
        int before = -1;
        for (MatchResult match : process.all().all(PART)) {
            OptionalInt part = Numbers.count(match.group(2));
            OptionalDouble millis = Numbers.positive(match.group(3));
            if (part.isEmpty() || millis.isEmpty()) {
                continue;
            }
            pass += part.getAsInt() <= before ? 1 : 0;
            before = part.getAsInt();
            long length = Math.round(millis.getAsDouble() * 1e6);
            OptionalDouble stated = match.group(4) == null ? OptionalDouble.empty() : Numbers.positive(match.group(4));
            end = Math.max(length, stated.isPresent() ? Math.round(stated.getAsDouble() * 1e6) : end + length);
            String unit = match.group(1);
            log.add(new Event.Op(
                    turn, Phase.PREFILL, pass, unit, unit + "-graph-" + before, "", "", end - length, end));
        }
        return before >= 0;
    }
}
