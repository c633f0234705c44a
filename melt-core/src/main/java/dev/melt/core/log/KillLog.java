package dev.melt.core.log;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deaths that a log tells of: lmkd, {@code am_kill} and its kin, and the kernel. A log without any is a good one.
 *
 * @param events in the order of the log
 * @param lines that are of a log, of whatever matter
 */
public record KillLog(List<KillEvent> events, long lines, long skipped) implements TelemetryRecord {
    public KillLog {
        events = List.copyOf(events);
    }

    /**
     * Reads what logcat printed, in any of its forms.
     *
     * @throws UnknownOutputException for what is no log, and for a line that breaks off while it tells of a death
     */
    public static KillLog read(SourceText text) throws UnknownOutputException {
        List<KillEvent> events = new ArrayList<>();
        LogClock clock = new LogClock();
        long lines = 0;
        long skipped = 0;
        for (int i = 0; i < text.lines().size(); i++) {
            String raw = text.lines().get(i);
            if (raw.isBlank() || raw.startsWith("---------")) {
                continue;
            }
            Optional<LogcatLine> line = LogcatLine.of(raw);
            Optional<KillEvent> event = line.flatMap(l -> KillLine.of(l, clock.seconds(l.stamp())));
            if (text.cutIn(i) && line.filter(KillLine::tellsOfADeath).isPresent()) {
                throw text.cutOff("whole lines");
            }
            event.ifPresent(events::add);
            lines += line.isPresent() ? 1 : 0;
            boolean damaged = line.isEmpty() || (event.isEmpty() && KillLine.tellsOfADeath(line.get()));
            skipped += damaged ? 1 : 0;
        }
        if (lines == 0) {
            throw text.unlike("lines of logcat");
        }
        return new KillLog(events, lines, skipped);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.fact("log_lines", lines);
        out.fact("deaths", events.size());
        events.forEach(event -> event.writeTo(out));
        out.skipped(skipped);
    }
}
