package dev.melt.engines.llamacpp;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A log in lines that a person can check against the output it came from. */
public final class LogSummary {
    private LogSummary() {}

    public static String of(EventLog log) {
        List<String> lines = new ArrayList<>();
        lines.add("version "
                + Optional.ofNullable(log.facts().get("engine.version")).orElse("-") + ", ended "
                + log.endedWell().map(well -> well ? "well" : "badly").orElse("not"));
        log.errors()
                .forEach(e -> lines.add("error " + e.kind()
                        + (e.turn().isPresent() ? " of turn " + e.turn().getAsInt() : "") + ": " + e.message()));
        log.events().forEach(event -> lines.add(line(event)));
        log.perf().forEach(perf -> lines.add(line(perf)));
        log.figures().stream()
                .map(f -> "figure " + f.metric()
                        + (f.turn().isPresent() ? " of turn " + f.turn().getAsInt() : "") + " = "
                        + f.value()
                        + (f.uncertainty().isPresent()
                                ? " +- " + f.uncertainty().getAsDouble()
                                : ""))
                .forEach(lines::add);
        new TreeMap<>(log.effective()).forEach((key, value) -> lines.add("effective " + key + " = " + value));
        Optional.ofNullable(log.facts().get("memory.kv_bytes")).ifPresent(b -> lines.add("kv_bytes " + b));
        return String.join("\n", lines) + "\n";
    }

    private static String line(Event event) {
        long nanos = event.endNanos() - event.startNanos();
        String which =
                event.turnIndex().isPresent() ? "turn " + event.turnIndex().getAsInt() + ": " : "";
        if (event instanceof Event.Prefill prefill) {
            return which + "prefill " + prefill.tokens() + " tokens, " + prefill.cached() + " cached, " + nanos + " ns";
        }
        if (event instanceof Event.Decode decode) {
            return which + "decode " + decode.steps() + " steps, " + nanos + " ns";
        }
        if (event instanceof Event.Token token) {
            return which + "token " + token.index() + " at " + token.endNanos();
        }
        return event instanceof Event.Turn turn
                ? which + nanos + " ns, " + turn.generated() + " generated, depth " + turn.depth()
                : which + event.name() + " " + nanos + " ns";
    }

    private static String line(EnginePerf perf) {
        return "engine's own of turn " + perf.turn() + ": prefill " + rate(perf.prefill()) + ", decode "
                + rate(perf.decode());
    }

    private static String rate(EnginePerf.Phase phase) {
        OptionalDouble rate = phase.rate();
        return rate.isPresent() ? String.format(Locale.ROOT, "%.3f tok/s", rate.getAsDouble()) : "-";
    }
}
