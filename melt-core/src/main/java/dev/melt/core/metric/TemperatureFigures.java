package dev.melt.core.metric;

import dev.melt.core.telemetry.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Heat, per site. The peak is looked for up to the end of the samples, because heat arrives later than the work. */
final class TemperatureFigures implements FigureFamily {
    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        return evidence.series().stream()
                .filter(s -> s.channel().quantity().equals(Quantities.TEMPERATURE) && s.size() > 0)
                .flatMap(s -> ofSite(s, times))
                .toList();
    }

    private static Stream<MetricValue> ofSite(Series series, TrialTimes times) {
        int first = times.allTurns()
                .map(turns -> lastUpTo(series.atNanos(), turns.startNanos()))
                .orElse(0);
        double start = series.values()[first];
        double peak = Arrays.stream(series.values(), first, series.size()).max().orElse(start);
        String site = series.channel().site();
        String source = series.channel().source();
        return Stream.of(
                DeviceMetrics.TEMPERATURE_START.ofTrialAt(site, start, source),
                DeviceMetrics.TEMPERATURE_PEAK.ofTrialAt(site, peak, source),
                DeviceMetrics.TEMPERATURE_RISE.ofTrialAt(site, peak - start, source));
    }

    private static int lastUpTo(long[] atNanos, long when) {
        int found = Arrays.binarySearch(atNanos, when);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }
}
