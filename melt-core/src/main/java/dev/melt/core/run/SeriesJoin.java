package dev.melt.core.run;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the series of several attempts on one boot clock behind each other. */
final class SeriesJoin {
    private SeriesJoin() {}

    /**
     * Joins what belongs to the same channel.
     *
     * @param attempts the series of each attempt, oldest first; a sample that does not come after the last one of the
     *     attempt before it is left out
     */
    static List<Series> of(List<List<Series>> attempts) {
        if (attempts.size() == 1) {
            return attempts.get(0);
        }
        Map<Channel, List<Series>> byChannel = new LinkedHashMap<>();
        attempts.forEach(attempt -> attempt.forEach(series -> byChannel
                .computeIfAbsent(series.channel(), any -> new ArrayList<>())
                .add(series)));
        return byChannel.entrySet().stream()
                .map(e -> join(e.getKey(), e.getValue()))
                .toList();
    }

    private static Series join(Channel channel, List<Series> parts) {
        int size = parts.stream().mapToInt(Series::size).sum();
        long[] times = new long[size];
        double[] values = new double[size];
        int n = 0;
        for (Series part : parts) {
            for (int i = 0; i < part.size(); i++) {
                if (n == 0 || part.atNanos()[i] > times[n - 1]) {
                    times[n] = part.atNanos()[i];
                    values[n++] = part.values()[i];
                }
            }
        }
        return new Series(channel, Arrays.copyOf(times, n), Arrays.copyOf(values, n));
    }
}
