package dev.melt.engines.executorch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The JSON that a runner prints after each inference: wall-clock stamps, in milliseconds as a rule, and counts. The evaluation of
 * the prompt, tokenising included, gives the first token; generated tokens are the passes after it. The stamps are the device's,
 * so that events keep their place in time.
 */
final class ObserverLines implements FigureReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OBSERVER = Pattern.compile("PyTorchObserver\\s+(\\{.*\\})");
    private static final Pattern INSPECTOR = Pattern.compile("event_block_name\\W+event_name\\W+");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log)
            throws UnknownOutputException {
        List<MatchResult> lines = process.all().all(OBSERVER);
        if (lines.isEmpty()) {
            refuseTable(process);
            return Optional.empty();
        }
        List<Observation> observations = new ArrayList<>();
        for (MatchResult line : lines) {
            Optional<Observation> one = parse(line.group(1)).flatMap(Observation::of);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            observations.add(one.get());
        }
        for (Observation one : observations) {
            int turn = spans.turns();
            add(one, turn, log);
            spans.next(turn + 1);
        }
        RunnerLog.facts(process.all(), log);
        return FigureReader.upTo(process, OBSERVER);
    }

    private static void refuseTable(ProcessOutput process) throws UnknownOutputException {
        if (process.all().has(INSPECTOR)) {
            throw new UnknownOutputException("executorch: the PyTorchObserver line of a runner expected, a table of the"
                    + " Inspector found, whose averages tell neither runs nor phases apart");
        }
    }

    private static Optional<JsonNode> parse(String json) {
        try {
            return Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void add(Observation seen, int turn, EventLogBuilder log) {
        log.stamps(Stamps.WALL_CLOCK);
        if (seen.loadEnd() > seen.loadStart()) {
            log.add(new Event.Load(seen.loadStart(), seen.loadEnd(), PageCache.UNKNOWN));
        }
        log.turnStarted(turn, 0, seen.start(), 0);
        log.add(new Event.Prefill(turn, seen.start(), seen.promptEnd(), seen.promptTokens(), 0));
        log.add(new Event.Token(turn, 0, seen.firstToken(), OptionalInt.empty()));
        if (seen.steps() > 0) {
            log.add(new Event.Decode(turn, seen.firstToken(), seen.end(), seen.steps()));
        }
        log.turnEnded(turn, seen.end(), seen.steps() + 1);
        log.add(seen.perf(turn));
        seen.gpuPeakBytes().ifPresent(bytes -> log.fact("memory.gpu_peak_bytes", Long.toString(bytes)));
    }
}
