package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.LogClock;
import dev.melt.core.log.LogStamp;
import dev.melt.core.log.LogcatLine;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What older Samsung phones let the battery service write into logcat: levels in one line, the current in a second of the same time. */
public record BatteryLog(List<Moment> moments, long skipped) implements TelemetryRecord {
    private static final String TAG = "BatteryService";

    public BatteryLog {
        moments = List.copyOf(moments);
    }

    /**
     * The battery at one time.
     *
     * @param t seconds on the log's clock
     */
    public record Moment(Optional<String> time, OptionalDouble t, BatteryFields fields) {}

    /** Whether a text has such lines. */
    static boolean isIn(SourceText text) {
        return text.has(line -> LogcatLine.of(line).filter(BatteryLog::tells).isPresent());
    }

    private static boolean tells(LogcatLine line) {
        return line.tag().equals(TAG)
                && (line.message().startsWith("level:") || line.message().startsWith("online:"));
    }

    /**
     * Reads the log; lines of other matters are passed over.
     *
     * @throws UnknownOutputException for a log without such lines, and for one that breaks off
     */
    public static BatteryLog read(SourceText text) throws UnknownOutputException {
        LogClock clock = new LogClock();
        List<Moment> moments = new ArrayList<>();
        long skipped = 0;
        for (String raw : text.lines()) {
            Optional<LogcatLine> line = LogcatLine.of(raw);
            if (line.filter(BatteryLog::tells).isPresent()) {
                add(moments, line.get(), clock.seconds(line.get().stamp()));
            } else if (line.isEmpty() && !raw.isBlank() && !raw.startsWith("-----")) {
                skipped++;
            }
        }
        if (moments.isEmpty()) {
            throw text.unlike("lines 'BatteryService: level:...' of logcat");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        skipped +=
                moments.stream().mapToLong(moment -> moment.fields().damaged()).sum();
        return new BatteryLog(moments, skipped);
    }

    private static void add(List<Moment> moments, LogcatLine line, OptionalDouble t) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String field : line.message().split(",", -1)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                words.putIfAbsent(
                        field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        field.substring(colon + 1).strip());
            }
        }
        Optional<String> time = line.stamp().map(LogStamp::text);
        int last = moments.size() - 1;
        boolean same = last >= 0
                && !words.containsKey("level")
                && moments.get(last).time().equals(time);
        if (same) {
            Map<String, String> both =
                    new LinkedHashMap<>(moments.get(last).fields().words());
            words.forEach(both::putIfAbsent);
            moments.set(last, new Moment(time, t, new BatteryFields(both)));
        } else {
            moments.add(new Moment(time, t, new BatteryFields(words)));
        }
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        for (Moment moment : moments) {
            moment.fields().writeSamples(out, moment.t());
            moment.fields().current().ifPresent(current -> current.writeTo(out, "current/battery", "", moment.t()));
            out.row(
                    "states",
                    new FactRow()
                            .with("time", moment.time())
                            .with("t", moment.t())
                            .with("status", moment.fields().status().map(BatteryStatus::word))
                            .with("plugged", moment.fields().plugged()));
        }
        out.skipped(skipped);
    }
}
