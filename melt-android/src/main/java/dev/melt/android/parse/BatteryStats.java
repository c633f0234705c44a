package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code dumpsys batterystats}, as {@code --checkin} with or without history, or the block "Estimated power use" of the long
 * form. What an app is said to have drained is a model's estimate; it has been seen ten times off.
 *
 * @param facts versions and start, by key
 */
public record BatteryStats(Map<String, Long> facts, Map<String, String> words, List<StatsPoint> points, long skipped)
        implements TelemetryRecord {
    private static final Pattern CHECKIN = Pattern.compile("\\d{1,3},(?:h|hsp|\\d{1,9}),.*");

    public BatteryStats {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        words = Collections.unmodifiableMap(new TreeMap<>(words));
        points = List.copyOf(points);
    }

    /**
     * Reads either form.
     *
     * @throws UnknownOutputException for anything else, and for a text that breaks off
     */
    public static BatteryStats read(SourceText text) throws UnknownOutputException {
        if (text.has(line -> CHECKIN.matcher(line).matches())) {
            return StatsCheckin.read(text);
        }
        if (text.has(line -> line.strip().equals(PowerEstimate.HEADING))) {
            return PowerEstimate.read(text);
        }
        throw text.unlike("lines '9,0,l,...' or '9,h,...', or '" + PowerEstimate.HEADING + "'");
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        facts.forEach(out::fact);
        out.facts(words);
        points.forEach(point -> out.sample(point.channel(), point.unit(), point.value(), point.t()));
        out.skipped(skipped);
    }
}
