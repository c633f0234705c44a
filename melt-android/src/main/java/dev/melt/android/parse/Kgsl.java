package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of an Adreno GPU ({@code /sys/class/kgsl/kgsl-3d0}): {@code gpubusy} with its two counters, which start again at each
 * reading, and by name {@code gpu_busy_percentage}, {@code gpuclk}, {@code max_gpuclk}, {@code devfreq/cur_freq} and
 * {@code temp}.
 *
 * @param asleep readings of {@code 0 0}: the GPU was off and there is no share to give
 */
public record Kgsl(List<Reading> readings, long asleep, long skipped) implements TelemetryRecord {
    private static final Pattern BUSY = Pattern.compile("(?:\\S*gpubusy[:=])?\\s*(\\d{1,12})\\s+(\\d{1,12})\\s*");
    private static final Pattern PERCENT = Pattern.compile("(?:\\S*gpu_busy_percentage[:=])?\\s*(\\d{1,3}) ?%\\s*");
    private static final Pattern CLOCK =
            Pattern.compile("\\S*?(max_gpuclk|gpuclk|cur_freq|max_freq)[:=]\\s*(\\d{1,12})\\s*");
    private static final Pattern BARE_CLOCK = Pattern.compile("\\s*(\\d{8,10})\\s*");
    private static final Pattern HEAT = Pattern.compile("\\S*\\btemp[:=]\\s*(\\d{1,6})\\s*");
    private static final Pattern MODEL = Pattern.compile("\\S*gpu_model[:=].*");

    public Kgsl {
        readings = List.copyOf(readings);
    }

    /** One value in SI units. */
    public record Reading(String channel, Unit unit, double value) {}

    /**
     * Reads one file or several, one line after the other.
     *
     * @throws UnknownOutputException for anything else, and for a text that breaks off
     */
    public static Kgsl read(SourceText text) throws UnknownOutputException {
        List<Reading> readings = new ArrayList<>();
        long asleep = 0;
        long skipped = 0;
        for (String line : text.lines()) {
            Matcher busy = BUSY.matcher(line);
            if (busy.matches()) {
                long total = Long.parseLong(busy.group(2));
                double share = total == 0 ? 0 : Long.parseLong(busy.group(1)) / (double) total;
                if (total == 0) {
                    asleep++;
                } else if (share <= 1) {
                    readings.add(new Reading("utilisation/gpu", Unit.RATIO, share));
                } else {
                    skipped++;
                }
            } else if (!other(line, readings)
                    && !line.isBlank()
                    && !MODEL.matcher(line).matches()) {
                skipped++;
            }
        }
        if (readings.isEmpty() && asleep == 0) {
            throw text.unlike("'BUSY TOTAL' of gpubusy, a percentage or a clock");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return new Kgsl(readings, asleep, skipped);
    }

    private static boolean other(String line, List<Reading> readings) {
        Matcher percent = PERCENT.matcher(line);
        Matcher clock = CLOCK.matcher(line);
        Matcher bare = BARE_CLOCK.matcher(line);
        Matcher heat = HEAT.matcher(line);
        if (percent.matches() && Integer.parseInt(percent.group(1)) <= 100) {
            return readings.add(new Reading("utilisation/gpu", Unit.RATIO, Integer.parseInt(percent.group(1)) / 100.0));
        }
        if (clock.matches()) {
            String quantity = clock.group(1).startsWith("max") ? "frequency_cap/gpu" : "frequency/gpu";
            return readings.add(new Reading(quantity, Unit.HERTZ, Long.parseLong(clock.group(2))));
        }
        if (bare.matches()) {
            return readings.add(new Reading("frequency/gpu", Unit.HERTZ, Long.parseLong(bare.group(1))));
        }
        return heat.matches()
                && readings.add(new Reading("temperature/gpu", Unit.CELSIUS, Integer.parseInt(heat.group(1)) / 1000.0));
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        readings.forEach(reading -> out.sample(reading.channel(), reading.unit(), reading.value()));
        if (asleep > 0) {
            out.fact("asleep", asleep);
        }
        out.skipped(skipped);
    }
}
